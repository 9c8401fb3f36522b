using System.Collections.Concurrent;
using System.Globalization;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Host.Cli;

/// <summary>Tells a run as lines, for files and other programs: when attempts begin and end, and what they say.</summary>
internal sealed class RunLines(TextWriter writer, Paint paint, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Task, int MapIndex), DateTimeOffset> _started = new();
    private readonly Lock _lock = new();

    /// <summary>Hears one event of an attempt.</summary>
    public void Tell(AttemptOrder order, AttemptEvent happened)
    {
        var now = time.GetUtcNow();
        switch (happened)
        {
            case AttemptEvent.Started:
                _started[(order.TaskId, order.MapIndex)] = now;
                if (order.Attempt > 1) Write(now, order, paint.Dim(string.Create(CultureInfo.InvariantCulture, $"attempt {order.Attempt} of {order.MaxAttempts}")));
                break;
            case AttemptEvent.Log log:
                Write(log.Time, order, $"{paint.Dim("│")} {log.Text}");
                break;
            case AttemptEvent.Ended ended:
                var took = _started.TryGetValue((order.TaskId, order.MapIndex), out var began) ? Words.Span(now - began) : "";
                Write(now, order, $"{Result(ended.Outcome)} {paint.Dim(took)}".TrimEnd());
                break;
        }
    }

    private string Result(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => paint.Green("success"),
        AttemptOutcome.Skipped skipped => $"{paint.Dim("skipped:")} {skipped.Reason}",
        AttemptOutcome.Cancelled cancelled => $"{paint.Dim("cancelled:")} {cancelled.Reason}",
        AttemptOutcome.Failed failed => $"{paint.Red("failed:")} {Words.Line(failed.Error.Message, 500)}",
        _ => "",
    };

    private void Write(DateTimeOffset at, AttemptOrder order, string text)
    {
        var name = order.MapIndex < 0 ? order.TaskId : string.Create(CultureInfo.InvariantCulture, $"{order.TaskId}[{order.MapIndex}]");
        lock (_lock) writer.WriteLine($"{paint.Dim(Words.Clock(at))} {name} {text}");
    }
}
