using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>A DAG in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Description">Markdown for people.</param>
/// <param name="Tags">Words to filter by.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="File">The script that declares it, relative to the pipelines folder.</param>
/// <param name="Active">False when no script declares it any more.</param>
/// <param name="Paused">Whether nothing of it is started.</param>
/// <param name="PauseReason">Why it is paused, when no person did it.</param>
/// <param name="Version">The number of the version that new runs take.</param>
/// <param name="Schedule">When it runs, as a person reads it; null when only when asked.</param>
/// <param name="Next">Its next run; null when none is scheduled.</param>
/// <param name="LastRun">Its newest run.</param>
/// <param name="RunCounts">How many runs are in each state.</param>
/// <param name="Errors">What is wrong with its file now; the version shown is the last good one.</param>
public sealed record DagItem(
    string Id, string? Description, IReadOnlyList<string> Tags, string? Owner, string File, bool Active, bool Paused, string? PauseReason, int Version,
    string? Schedule, DueResource? Next, RunResource? LastRun, IReadOnlyDictionary<string, int> RunCounts,
    IReadOnlyList<DiagnosticResource> Errors);

/// <summary>A DAG with its model.</summary>
/// <param name="Id">Its id.</param>
/// <param name="File">The script that declares it, relative to the pipelines folder.</param>
/// <param name="Active">False when no script declares it any more.</param>
/// <param name="Paused">Whether nothing of it is started.</param>
/// <param name="PauseReason">Why it is paused, when no person did it.</param>
/// <param name="ActiveSince">Since when its schedule counts.</param>
/// <param name="Version">The number of the version that new runs take.</param>
/// <param name="PublishedAt">When that version was published.</param>
/// <param name="Next">Its next run; null when none is scheduled.</param>
/// <param name="Model">All that is declared.</param>
/// <param name="Errors">What is wrong with its file now.</param>
public sealed record DagResource(
    string Id, string File, bool Active, bool Paused, string? PauseReason, DateTimeOffset ActiveSince, int Version, DateTimeOffset PublishedAt,
    DueResource? Next, DagModel Model, IReadOnlyList<DiagnosticResource> Errors);

/// <summary>One version of a DAG.</summary>
public sealed record VersionResource(
    string DagId, int Number, string File, DateTimeOffset CreatedAt, string CodeHash, DagModel Model, string Source);

/// <summary>A run that a schedule asks for.</summary>
/// <param name="LogicalDate">Start of its interval.</param>
/// <param name="IntervalStart">Start of its interval.</param>
/// <param name="IntervalEnd">End of its interval.</param>
/// <param name="RunAfter">The earliest time it starts.</param>
public sealed record DueResource(DateTimeOffset LogicalDate, DateTimeOffset IntervalStart, DateTimeOffset IntervalEnd, DateTimeOffset RunAfter);

/// <summary>Something wrong with a script.</summary>
public sealed record DiagnosticResource(string? File, int? Line, int? Column, DiagnosticSeverity Severity, string Code, string Message)
{
    /// <summary>The diagnostic as the API tells it.</summary>
    public static DiagnosticResource Of(Diagnostic diagnostic) => new(
        diagnostic.Location?.File, Known(diagnostic.Location?.Line), Known(diagnostic.Location?.Column),
        diagnostic.Severity, diagnostic.Code, diagnostic.Message);

    private static int? Known(int? place) => place > 0 ? place : null;
}

/// <summary>A script that could not be taken.</summary>
/// <param name="File">The script, relative to the pipelines folder.</param>
/// <param name="At">Since when.</param>
/// <param name="Diagnostics">All that is wrong.</param>
public sealed record ImportErrorResource(string File, DateTimeOffset At, IReadOnlyList<DiagnosticResource> Diagnostics)
{
    /// <summary>The error as the API tells it.</summary>
    public static ImportErrorResource Of(Engine.Storage.ImportError error) =>
        new(error.File, error.At, [.. error.Diagnostics.Select(DiagnosticResource.Of)]);
}
