using System.Collections.Concurrent;

namespace Wizart.Flow.Providers.Sheets.Tests;

/// <summary>Waits under a minute and a half are over at once and are written down; longer ones end when a test says so.</summary>
internal sealed class QuickTime : TimeProvider
{
    private readonly ConcurrentQueue<LongWait> _longWaits = new();

    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= TimeSpan.FromSeconds(90))
        {
            var wait = new LongWait(callback, state);
            _longWaits.Enqueue(wait);
            return wait;
        }

        Waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    /// <summary>All long waits begun so far are over.</summary>
    public void EndLongWaits()
    {
        while (_longWaits.TryDequeue(out var wait)) wait.End();
    }

    private sealed class LongWait(TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public void End()
        {
            if (!_disposed) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
