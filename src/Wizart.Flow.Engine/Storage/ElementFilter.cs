using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage;

/// <summary>Which elements of a mapped task are asked for.</summary>
/// <param name="RunId">The run.</param>
/// <param name="TaskIndex">The task.</param>
/// <param name="After">With an index larger than this.</param>
/// <param name="Count">At most so many.</param>
public sealed record ElementFilter(long RunId, int TaskIndex, int After = -1, int Count = 100)
{
    /// <summary>In one of these states; none for all.</summary>
    public IReadOnlyList<TaskState> States { get; init; } = [];
}

/// <summary>How many elements of a mapped task are in a state.</summary>
public sealed record ElementCount(int TaskIndex, TaskState State, int Count);

/// <summary>A version in a list.</summary>
/// <param name="Number">Its number within the DAG.</param>
/// <param name="File">The script.</param>
/// <param name="CodeHash">A hash of the script's code without layout and comments.</param>
/// <param name="CreatedAt">When it was published.</param>
/// <param name="IsActive">Whether it is the one that new runs take.</param>
public sealed record VersionSummary(int Number, string File, string CodeHash, DateTimeOffset CreatedAt, bool IsActive);

/// <summary>A variable and its value.</summary>
public sealed record StoredVariable(string Name, Execution.JsonPayload Value);
