using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Callbacks;

/// <summary>Makes of a row of the outbox what is told: with the error, the end of the log, and where more is to be seen.</summary>
/// <param name="queries">What is stored. Secrets are masked in it already: they never leave a worker.</param>
/// <param name="link">Where a run is to be seen; null when nowhere.</param>
public sealed class NotificationWriter(IFlowQueries queries, Func<long, string?> link)
{
    /// <summary>At most so many lines of the log are told, the last of them.</summary>
    public const int LogLines = 40;

    /// <summary>A longer line, or message, is cut.</summary>
    public const int LongestLine = 1_000;

    /// <summary>The notification.</summary>
    public async Task<Notification> WriteAsync(Delivery delivery, CancellationToken cancellation)
    {
        var run = await queries.RunAsync(delivery.RunId, cancellation);
        var (key, error) = await SourceAsync(delivery, cancellation);
        return new Notification
        {
            Id = delivery.Id,
            Event = delivery.Event,
            Dag = delivery.DagId,
            Run = delivery.RunId,
            LogicalDate = run?.LogicalDate,
            Task = delivery.TaskId,
            MapIndex = delivery.MapIndex < 0 ? null : delivery.MapIndex,
            Attempt = delivery.Attempt == 0 ? null : delivery.Attempt,
            State = delivery.State,
            Reason = delivery.Reason is { } reason ? Cut(reason) : null,
            Error = error is null ? null : error with { Message = Cut(error.Message) },
            Log = key is { } known ? await LogAsync(known, cancellation) : [],
            Link = link(delivery.RunId),
            At = delivery.CreatedAt,
        };
    }

    /// <summary>The attempt that it is about; for a run that failed, that of the first task that did.</summary>
    private async Task<(AttemptKey?, TaskError?)> SourceAsync(Delivery delivery, CancellationToken cancellation)
    {
        if (delivery.TaskId is not null)
        {
            if (delivery.Attempt == 0) return (null, null);
            var attempts = await queries.AttemptsAsync(delivery.RunId, delivery.TaskIndex, delivery.MapIndex, cancellation);
            var error = attempts.LastOrDefault(a => a.Number == delivery.Attempt)?.Error;
            return (new AttemptKey(delivery.RunId, delivery.TaskIndex, delivery.MapIndex, delivery.Attempt), error);
        }

        if (delivery.Event != Model.CallbackEvent.Failure) return (null, null);
        var tasks = await queries.TasksAsync(delivery.RunId, cancellation);
        return tasks.Where(t => t.Instance.State == TaskState.Failed).MinBy(t => t.Instance.EndedAt) is { } failed
            ? (new AttemptKey(delivery.RunId, failed.Instance.TaskIndex, failed.Instance.MapIndex, failed.Instance.Attempt), failed.Error)
            : (null, null);
    }

    private async Task<IReadOnlyList<string>> LogAsync(AttemptKey key, CancellationToken cancellation)
    {
        var length = await queries.LogLengthAsync(key, cancellation);
        var lines = await queries.LogAsync(key, Math.Max(1, length - LogLines + 1), LogLines, cancellation);
        return [.. lines.Select(line => Cut(line.Line.Text))];
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : string.Concat(text.AsSpan(0, LongestLine), "…");
}
