using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Cli;

/// <summary>How a run stands, as a tree of its tasks; where that has no room, as counts and the tasks that matter now.</summary>
internal sealed class RunPicture(DagModel model, TimeProvider time)
{
    private const int RoomForOthers = 4;
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    private static readonly TimeSpan SpinnerStep = TimeSpan.FromMilliseconds(100);
    private readonly TaskForest _forest = new(model);
    private readonly long _began = time.GetTimestamp();

    /// <summary>The picture now.</summary>
    /// <param name="lines">The tasks by index.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="height">Of the terminal.</param>
    public IRenderable Of(IReadOnlyList<TaskLine> lines, int width, int height)
    {
        if (lines.Count + RoomForOthers > height) return Summary(lines, width, Math.Max(1, height - RoomForOthers));
        var tree = new Tree($"[bold]{StateLook.Escaped(model.Id)}[/]") { Guide = TreeGuide.Line, Style = Style.Parse("dim") };
        foreach (var root in _forest.Roots) Add(tree, root, lines, width);
        return tree;
    }

    private void Add(IHasTreeNodes parent, TaskModel task, IReadOnlyList<TaskLine> lines, int width)
    {
        var node = parent.AddNode(Label(task, lines[task.Index], width));
        foreach (var next in _forest.Under(task)) Add(node, next, lines, width);
    }

    private Rows Summary(IReadOnlyList<TaskLine> lines, int width, int room)
    {
        var counts = lines.GroupBy(l => l.State).OrderBy(g => g.Key)
            .Select(g => $"[{StateLook.Color(g.Key)}]{g.Count()} {StateLook.Word(g.Key)}[/]");
        var now = lines.Where(l => l.State is TaskState.Running or TaskState.UpForRetry or TaskState.Failed)
            .OrderBy(l => l.State == TaskState.Failed ? 1 : 0).ThenByDescending(l => l.StartedAt).Take(room);
        return new Rows(
        [
            new Markup($"[bold]{StateLook.Escaped(model.Id)}[/]  {string.Join("  ", counts)}"),
            .. now.Select(l => new Markup("  " + Label(model.Tasks[l.Index], l, width))),
        ]);
    }

    private string Label(TaskModel task, TaskLine line, int width)
    {
        var sign = line.State == TaskState.Running ? Spinner[(int)(time.GetElapsedTime(_began) / SpinnerStep) % Spinner.Length] : StateLook.Sign(line.State);
        var color = StateLook.Color(line.State);
        var name = line.State is TaskState.None or TaskState.Skipped ? $"[dim]{StateLook.Escaped(task.Id)}[/]" : StateLook.Escaped(task.Id);
        var took = line.State is TaskState.None or TaskState.Queued or TaskState.Scheduled or TaskState.Skipped or TaskState.UpstreamFailed
            ? ""
            : line.StartedAt is null ? "" : $" [dim]{Words.Took(line.StartedAt, line.EndedAt, time.GetUtcNow())}[/]";
        var attempt = line.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $" [dim]attempt {line.Attempt}/{task.Retry.Count + 1}[/]") : "";
        var note = line.Note is null ? "" : $" [dim]·[/] [{(line.State == TaskState.Running ? "dim" : color)}]{StateLook.Escaped(Words.Line(line.Note, Math.Max(20, width / 2)))}[/]";
        return $"[{color}]{sign}[/] {name}{took}{attempt}{note}";
    }
}
