namespace Wizart.Flow.Web;

/// <summary>A version of a DAG in a list.</summary>
/// <param name="Number">Its number, from one.</param>
/// <param name="Active">Whether it is the one that new runs take.</param>
/// <param name="File">The script, relative to the pipelines folder.</param>
/// <param name="CodeHash">A hash of the script's code without layout and comments.</param>
/// <param name="CreatedAt">When it was published.</param>
public sealed record VersionItem(int Number, bool Active, string File, string CodeHash, DateTimeOffset CreatedAt);

/// <summary>What changed in a DAG's script between two of its versions.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="Before">The number of the older version.</param>
/// <param name="After">The number of the newer one.</param>
/// <param name="Lines">The changes with three lines around each; none when the scripts are the same.</param>
public sealed record VersionDiffResource(string DagId, int Before, int After, IReadOnlyList<DiffLine> Lines);

/// <summary>A run that the schedule of a DAG asks for.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="LogicalDate">Start of its interval.</param>
/// <param name="IntervalStart">Start of its interval.</param>
/// <param name="IntervalEnd">End of its interval.</param>
/// <param name="RunAfter">The earliest time it starts.</param>
public sealed record NextResource(string DagId, DateTimeOffset LogicalDate, DateTimeOffset IntervalStart, DateTimeOffset IntervalEnd, DateTimeOffset RunAfter);
