using System.Collections.Concurrent;

namespace Wizart.Flow.Engine.Alarms;

/// <summary>Alarms of one run in one process, by the timers of a <see cref="TimeProvider"/>: for <c>flow run</c> and tests, fake time included.</summary>
public sealed class LocalAlarms(TimeProvider time) : IAlarms, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);
    private readonly ConcurrentDictionary<string, ITimer> _timers = new(StringComparer.Ordinal);
    private IAlarmHandler? _handler;

    /// <summary>Who hears the alarms.</summary>
    public void Open(IAlarmHandler handler) => _handler = handler;

    /// <inheritdoc/>
    public void Set(Alarm alarm, DateTimeOffset due)
    {
        var wait = due - time.GetUtcNow();
        // A timer takes no more than 49 days; a longer wait is cut in pieces.
        var first = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
        var timer = time.CreateTimer(_ => Ring(alarm, due), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timers.AddOrUpdate(alarm.Key, timer, (_, old) =>
        {
            old.Dispose();
            return timer;
        });
        timer.Change(first, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Cancel(string key)
    {
        if (_timers.TryRemove(key, out var timer)) timer.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _timers.Keys) Cancel(key);
    }

    private void Ring(Alarm alarm, DateTimeOffset due)
    {
        if (due - time.GetUtcNow() > TimeSpan.Zero)
        {
            Set(alarm, due);
            return;
        }

        Cancel(alarm.Key);
        _ = _handler?.RingAsync(alarm, CancellationToken.None);
    }
}
