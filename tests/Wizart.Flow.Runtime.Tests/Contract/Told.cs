using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Tests.Contract;

/// <summary>An attempt's events as a test sees them; also checks that they are told one at a time.</summary>
internal sealed class Told
{
    private readonly List<AttemptEvent> _events = [];
    private readonly List<(Func<AttemptEvent, bool> Wanted, TaskCompletionSource Seen)> _awaited = [];
    private int _telling;

    public IReadOnlyList<AttemptEvent> Events
    {
        get
        {
            lock (_events) return [.. _events];
        }
    }

    public bool WasConcurrent { get; private set; }

    public IEnumerable<AttemptEvent.Log> Logs => Events.OfType<AttemptEvent.Log>();

    public string[] Lines => [.. Logs.Select(l => l.Text)];

    public void Add(AttemptEvent happened)
    {
        if (Interlocked.Increment(ref _telling) > 1) WasConcurrent = true;
        lock (_events)
        {
            _events.Add(happened);
            foreach (var (_, seen) in _awaited.Where(a => a.Wanted(happened))) seen.TrySetResult();
        }

        Interlocked.Decrement(ref _telling);
    }

    /// <summary>Completes when a log line with this text is or was told.</summary>
    public Task Line(string text) => Event(e => e is AttemptEvent.Log log && log.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Completes when such an event is or was told.</summary>
    public Task Event(Func<AttemptEvent, bool> wanted)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_events)
        {
            if (_events.Any(wanted)) seen.SetResult();
            else _awaited.Add((wanted, seen));
        }

        return seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
