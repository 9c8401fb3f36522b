using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>What clears or marks.</summary>
/// <param name="Tasks">Tasks by id, elements as <c>id[5]</c>; all when none is named.</param>
/// <param name="As">When marking: success, failed or skipped.</param>
/// <param name="From">Runs with a logical date not before this; local to the schedule's zone without an offset.</param>
/// <param name="To">Runs with a logical date not after this.</param>
/// <param name="Past">The DAG's runs with an earlier logical date too.</param>
/// <param name="Future">The DAG's runs with a later logical date too.</param>
/// <param name="Upstream">What the tasks wait for too.</param>
/// <param name="Downstream">What waits for the tasks too; by default so when clearing, not when marking.</param>
/// <param name="OnlyFailed">Of all these only what failed, could not run because of a failure, or was cancelled.</param>
/// <param name="Version">When clearing: own (default) or newest.</param>
/// <param name="Continue">When marking: whether what a failure kept from running goes on; by default so.</param>
/// <param name="DryRun">Tells what it would do, and does nothing.</param>
/// <param name="Note">Why.</param>
public sealed record ReworkBody(
    IReadOnlyList<string>? Tasks = null, string? As = null, string? From = null, string? To = null, bool? Past = null, bool? Future = null,
    bool? Upstream = null, bool? Downstream = null, bool? OnlyFailed = null, string? Version = null, bool? Continue = null, bool? DryRun = null,
    string? Note = null);

/// <summary>What was, or would be, touched.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="Instances">How many task instances in all.</param>
/// <param name="Touched">The first thousand of them.</param>
/// <param name="Refused">Runs that were left as they are, and why.</param>
public sealed record ReworkResource(bool DryRun, int Runs, long Instances, IReadOnlyList<TouchedInstance> Touched, IReadOnlyList<RefusedRun> Refused)
{
    /// <summary>The report as the API tells it.</summary>
    public static ReworkResource Of(ReworkReport report) => new(report.DryRun, report.Runs, report.Instances, report.Touched, report.Refused);
}

/// <summary>What writes a note.</summary>
/// <param name="Text">The note; empty removes it.</param>
/// <param name="Task">A task, an element as <c>id[5]</c>; the run itself when null.</param>
public sealed record NoteBody(string Text, string? Task = null);

/// <summary>A note on a run or a task instance.</summary>
/// <param name="Task">The task; null for the run itself.</param>
/// <param name="MapIndex">The element of a mapped task; -1 otherwise.</param>
/// <param name="Text">The note.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When.</param>
public sealed record NoteResource(string? Task, int MapIndex, string Text, string Author, DateTimeOffset At)
{
    /// <summary>The note as the API tells it.</summary>
    public static NoteResource Of(RunNote note) => new(note.TaskId, note.MapIndex, note.Text, note.Author, note.At);
}
