using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow tasks DAG RUN</c>.</summary>
internal sealed class TasksVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private const int NoteLength = 80;
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = CommonOptions.Run();

    /// <inheritdoc/>
    protected override Command Declare() => new("tasks", "Shows the tasks of a run: states, attempts, durations, errors and outputs.") { _dag, _run };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run), cancellation);
        var tasks = await client.TasksAsync(run.Id, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(tasks);
        else Write(tasks);
        return ExitCodes.Fine;
    }

    private void Write(TaskResource[] tasks)
    {
        var now = Terminal.Time.GetUtcNow();
        var columns = new Columns("TASK", "STATE", "ATTEMPT", "STARTED", "TOOK", "");
        foreach (var task in tasks)
        {
            var name = task.MapIndex < 0 ? task.Id : string.Create(CultureInfo.InvariantCulture, $"{task.Id}[{task.MapIndex}] {task.Label}").TrimEnd();
            columns.Add(
                StateLook.Escaped(name), StateLook.Markup(task.State),
                task.Attempts == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{task.Attempts}/{task.MaxAttempts}"),
                task.StartedAt is { } started ? Words.Clock(started) : "", Words.Took(task.StartedAt, task.EndedAt, now), Note(task, now));
        }

        columns.Write(Terminal);
    }

    private static string Note(TaskResource task, DateTimeOffset now)
    {
        if (task.Error is { } error) return $"[red]{StateLook.Escaped(Words.Line(error.Message, NoteLength))}[/]{Place(error)}";
        var text = task.RetryAt is { } retry ? $"tries again {Words.Away(retry, now)}"
            : task.Progress is { } progress && task.EndedAt is null ? string.Create(CultureInfo.InvariantCulture, $"{progress * 100:0}% {task.ProgressText}")
            : task.Reason ?? task.Output ?? (task.Elements is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count} elements") : null);
        return $"[dim]{StateLook.Escaped(Words.Line(text, NoteLength))}[/]";
    }

    private static string Place(ErrorResource error) => error is { File: { } file, Line: { } line }
        ? $" [dim]{StateLook.Escaped(Path.GetFileName(file))}:{line}[/]"
        : "";
}
