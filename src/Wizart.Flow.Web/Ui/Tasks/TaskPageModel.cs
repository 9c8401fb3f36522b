using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Runs;

namespace Wizart.Flow.Web.Ui.Tasks;

/// <summary>A task instance: where it stands and why, its attempts, what it took and gave.</summary>
public sealed record TaskPageModel
{
    /// <summary>The run it is of.</summary>
    public required RunHead Head { get; init; }

    /// <summary>The task.</summary>
    public required TaskModel Task { get; init; }

    /// <summary>The element of a mapped task; -1 for the task itself.</summary>
    public required int Element { get; init; }

    /// <summary>The instance; null when nothing happened to it yet.</summary>
    public required TaskInstanceView? View { get; init; }

    /// <summary>Its attempts that are over, oldest first.</summary>
    public required IReadOnlyList<TaskAttempt> Attempts { get; init; }

    /// <summary>The attempt that is shown; zero when there is none.</summary>
    public required int Shown { get; init; }

    /// <summary>What it waits for, or why it is as it is.</summary>
    public required string? Why { get; init; }

    /// <summary>What its body is given.</summary>
    public required IReadOnlyList<InputResource> Inputs { get; init; }

    /// <summary>Its output; null when it has none.</summary>
    public required TaskValue? Output { get; init; }

    /// <summary>What it kept.</summary>
    public required IReadOnlyList<KeptArtifact> Artifacts { get; init; }

    /// <summary>What it measured.</summary>
    public required IReadOnlyList<NamedPoint> Measures { get; init; }

    /// <summary>Its elements, a page of them; empty for a plain one.</summary>
    public required ElementPage Elements { get; init; }

    /// <summary>The code around the line that failed; null when that is not known.</summary>
    public required CodeExcerpt? Code { get; init; }

    /// <summary>The note on it.</summary>
    public required RunNote? Note { get; init; }

    /// <summary>Where it stands.</summary>
    public TaskState State => View?.Instance.State ?? TaskState.None;

    /// <summary>Whether the shown attempt still goes on.</summary>
    public bool IsLive => Shown > 0 && Attempts.All(a => a.Number != Shown) && !Head.Run.State.IsFinal();

    /// <summary>Why the shown attempt failed.</summary>
    public TaskError? Error => Attempts.FirstOrDefault(a => a.Number == Shown)?.Error;

    /// <summary>Its path, from the base on.</summary>
    public string Path => Layout.Links.Task(Head.Run.Id, Task.Id, Element);
}

/// <summary>Some elements of a mapped task.</summary>
/// <param name="Items">These.</param>
/// <param name="State">Only those in this state.</param>
/// <param name="Tallies">How many are in each state.</param>
/// <param name="After">The index after which the next page begins; null when there is none.</param>
public sealed record ElementPage(IReadOnlyList<TaskInstanceView> Items, TaskState? State, IReadOnlyList<ElementCount> Tallies, int? After);

/// <summary>Some lines of a script.</summary>
/// <param name="File">The script.</param>
/// <param name="First">The number of the first line.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Marked">The number of the line that is meant.</param>
public sealed record CodeExcerpt(string File, int First, IReadOnlyList<string> Lines, int Marked)
{
    private const int Around = 4;

    /// <summary>The lines around a place; null when the text does not have it.</summary>
    public static CodeExcerpt? Of(DagVersion version, SourceLocation? place)
    {
        if (place is null || place.Line < 1 || Path.GetFileName(place.File) != Path.GetFileName(version.File)) return null;
        var lines = version.Source.ReplaceLineEndings("\n").Split('\n');
        if (place.Line > lines.Length) return null;
        var first = Math.Max(1, place.Line - Around);
        return new CodeExcerpt(version.File, first, lines[(first - 1)..Math.Min(lines.Length, place.Line + Around)], place.Line);
    }
}
