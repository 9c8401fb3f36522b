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

    /// <summary>DAGs or import errors changed.</summary>
    public sealed record DagsChanged : FlowEvent;
}

/// <summary>Tells whoever listens what happened; a listener that is too slow loses the oldest.</summary>
public sealed class RunFeed
{
    private readonly ConcurrentDictionary<Channel<FlowEvent>, Func<FlowEvent, bool>> _listeners = new();
    private long _told;

    /// <summary>Listens until the subscription is disposed.</summary>
    public FeedSubscription Listen(Func<FlowEvent, bool> filter)
    {
        var channel = Channel.CreateBounded<FlowEvent>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[channel] = filter;
        return new FeedSubscription(channel.Reader, () => _listeners.TryRemove(channel, out _));
    }

    /// <summary>How many changes of runs and DAGs were told since the start: whether it is still the same says whether one was missed.</summary>
    public long Told => Interlocked.Read(ref _told);

    /// <summary>Whether anybody listens.</summary>
    public bool HasListeners => !_listeners.IsEmpty;

    internal void Tell(FlowEvent happened)
    {
        if (happened is not FlowEvent.LogStored) Interlocked.Increment(ref _told);
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
