using System.Collections.Concurrent;
using System.Threading.Channels;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>Something that happened on this node and is durable; read the store for what exactly.</summary>
public abstract record FlowEvent
{
    /// <summary>A run or its task instances changed.</summary>
    /// <param name="Run">The run as it is now.</param>
    public sealed record RunChanged(DagRun Run) : FlowEvent;

    /// <summary>Log lines of an attempt were stored.</summary>
    public sealed record LogStored(AttemptKey Key) : FlowEvent;

    /// <summary>How far an attempt is was stored.</summary>
    public sealed record ProgressStored(AttemptKey Key) : FlowEvent;

    /// <summary>DAGs or import errors changed.</summary>
    public sealed record DagsChanged : FlowEvent;
}

/// <summary>Tells whoever listens what happened; a listener that is too slow loses the oldest.</summary>
public sealed class RunFeed
{
    private const int MostKept = 500;

    private readonly ConcurrentDictionary<Channel<FlowEvent>, Func<FlowEvent, bool>> _listeners = new();
    private readonly Queue<FlowEvent> _kept = new(MostKept);
    private readonly Lock _lock = new();
    private long _changes;

    /// <summary>How many changes of runs and DAGs were told up to now: who looks at the store after this hears of what comes later with <see cref="Listen"/>.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Listens until the subscription is disposed.</summary>
    /// <param name="filter">What is of interest.</param>
    /// <param name="since">A former value of <see cref="Changes"/>: changes since then are told first, as many as are still known.</param>
    public FeedSubscription Listen(Func<FlowEvent, bool> filter, long? since = null)
    {
        var channel = Channel.CreateBounded<FlowEvent>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            if (since is { } seen && seen < _changes)
                foreach (var missed in _kept.Skip((int)Math.Max(0, _kept.Count - (_changes - seen))).Where(filter)) channel.Writer.TryWrite(missed);
            _listeners[channel] = filter;
        }

        return new FeedSubscription(channel.Reader, () => _listeners.TryRemove(channel, out _));
    }

    /// <summary>Whether anybody listens.</summary>
    public bool HasListeners => !_listeners.IsEmpty;

    internal void Tell(FlowEvent happened)
    {
        if (happened is FlowEvent.RunChanged or FlowEvent.DagsChanged)
        {
            // Together with the listeners: a new one hears of a change either here or below, never of none.
            lock (_lock)
            {
                if (_kept.Count == MostKept) _kept.Dequeue();
                _kept.Enqueue(happened);
                _changes++;
            }
        }

        foreach (var (channel, filter) in _listeners)
            if (filter(happened)) channel.Writer.TryWrite(happened);
    }
}

/// <summary>One listener's part of the feed.</summary>
public sealed class FeedSubscription(ChannelReader<FlowEvent> events, Action end) : IDisposable
{
    /// <summary>What happened since.</summary>
    public ChannelReader<FlowEvent> Events => events;

    /// <inheritdoc/>
    public void Dispose() => end();
}
