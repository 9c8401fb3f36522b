using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Worker;

/// <summary>Tells every second, while an attempt runs, that the process lives and what memory it holds.</summary>
internal sealed class HeartbeatTimer
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private AttemptEvents? _events;
    private AttemptEvents? _before;
    private bool _isTicking;

    public HeartbeatTimer() =>
        _timer = TimeProvider.System.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The attempt that runs now; null for none.</summary>
    public void Watch(AttemptEvents? events)
    {
        lock (_lock)
        {
            _events = events;
            // Ticks on over short attempts rather than being set anew for each; stops when a second went by without one.
            if (events is null || _isTicking) return;
            _isTicking = true;
        }

        _timer.Change(Every, Every);
    }

    private void Tick()
    {
        AttemptEvents? events;
        bool isSame;
        lock (_lock)
        {
            events = _events;
            isSame = events == _before;
            _before = events;
            if (events is null && isSame)
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _isTicking = false;
                return;
            }
        }

        // Only one that was there a second ago: short ones need no sign of life.
        if (isSame) events!.Tell(new AttemptEvent.Heartbeat(Environment.WorkingSet));
    }
}
