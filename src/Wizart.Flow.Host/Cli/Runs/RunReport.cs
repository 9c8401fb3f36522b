using System.Globalization;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Testing;

namespace Wizart.Flow.Host.Cli;

/// <summary>The last words about a run: why tasks failed, with the line that did, and how it ended as a whole.</summary>
internal static class RunReport
{
    /// <summary>Writes it.</summary>
    public static void Write(Terminal terminal, LocalRunResult result)
    {
        foreach (var task in result.Tasks)
            if (task is { State: TaskState.Failed, Error: { } error }) WriteError(terminal, task, error);

        var run = result.Run;
        var took = Words.Took(run.StartedAt ?? run.QueuedAt, run.EndedAt, terminal.Time.GetUtcNow());
        var counts = result.Tasks.GroupBy(t => t.State).OrderBy(g => g.Key).Select(g => $"{g.Count()} {StateLook.Word(g.Key)}");
        var reason = run.Reason is { } why ? $" ({why})" : "";
        terminal.Out.WriteLine(
            $"{terminal.Paint.Bold(run.DagId)} {terminal.Paint.Painted(run.State)}{reason} in {took}: {string.Join(", ", counts)}");
    }

    private static void WriteError(Terminal terminal, LocalTaskResult task, TaskError error)
    {
        var paint = terminal.Paint;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"{paint.Red($"✗ {task.Id}")} {paint.Dim($"failed after {Words.Count(task.Attempts, "attempt")}")}");
        terminal.Out.WriteLine($"  {error.Type}: {error.Message}");
        if (error.Location is not { } place) return;
        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {paint.Cyan($"{terminal.Shown(place.File)}:{place.Line}")}  {error.SourceLine?.Trim()}"));
        terminal.Out.WriteLine();
    }
}
