using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>Claims under limits that reach beyond a run: the store is asked, and only when an instance with such a limit is next in turn.</summary>
internal sealed partial class CommitBatch
{
    /// <summary>How soon a limit is looked at again that another node was at.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(50);

    /// <summary>How soon a limit is looked at again that attempts of other nodes hold, whose ends are not told here.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    private readonly Dictionary<LimitKey, Room?> _rooms = [];
    private readonly Dictionary<LimitKey, TimeSpan> _looks = [];

    /// <summary>Limits to look at again once this is durable, and how soon.</summary>
    public IReadOnlyDictionary<LimitKey, TimeSpan> Looks => _looks;

    /// <summary>A limit may have room.</summary>
    public void Wake(LimitKey limit) => state.Ready.Wake(limit);

    /// <summary>How many instances wait on this node for each of some limits.</summary>
    public IReadOnlyDictionary<LimitKey, int> Waiting(IEnumerable<LimitKey> limits) => limits.ToDictionary(limit => limit, state.Ready.WaitingFor);

    private void TakeLimits(LiveRun run, RunPlan plan)
    {
        foreach (var task in plan.AwaitsPast) _pasts.Enqueue(new PastWait(run, task));
        if (!run.Graph.HasLimits) return;
        foreach (var freed in run.TakeFreed())
        {
            if (freed.Pool is { } pool) Wake(pool);
            if (freed.Task is { } task) Wake(task);
        }
    }

    private void UndoLimits()
    {
        WakeUsed();
        foreach (var wait in _tookPasts) state.Past.Add(wait);
    }

    /// <summary>What was counted may no longer be true.</summary>
    private void WakeUsed()
    {
        foreach (var limit in _rooms.Keys) Wake(limit);
    }

    /// <summary>Claims the next in the line of a limit, or leaves the line alone until there is room.</summary>
    private async ValueTask ClaimFromAsync(WaitingLine line)
    {
        if (await RoomOfAsync(line.Key).ConfigureAwait(false) is not { } room) return;
        var size = room.SizeFor(line);
        if (!line.TryTake(size - room.Used, size, out var next))
        {
            if (room.IsUsedElsewhere && line.Best() is not null) Look(line.Key, Later);
            return;
        }

        var limits = next.Run.Graph.LimitsOf(next.Instance.TaskIndex)!;
        if (!next.Run.HasRoom)
        {
            next.Run.HoldLimited(next.Instance);
        }
        else if (limits.Other(line.Key) is { } other && !await HasRoomForAsync(next, other, line.Key).ConfigureAwait(false))
        {
            // Its place is where it is refused: when that limit has room again, this one is asked anew. The line there is not
            // offered before, as it was found full just now.
            state.Ready.Hold(other, next.Run, next.Instance, next.Rank);
        }
        else if (ReadyQueue.IsWaiting(next.Run, next.Instance))
        {
            room.Used += limits.NeedOf(line.Key);
            if (limits.Other(line.Key) is { } also) _rooms[also]!.Used += limits.NeedOf(also);
            await ClaimAsync(next.Run, next.Instance).ConfigureAwait(false);
        }

        state.Ready.Offer(line);
    }

    private async ValueTask<bool> HasRoomForAsync((LiveRun Run, TaskInstance Instance, (int, int, long, long) Rank) next, LimitKey other, LimitKey line)
    {
        try
        {
            return await HasRoomAsync(other, next.Run.Graph.LimitsOf(next.Instance.TaskIndex)!).ConfigureAwait(false);
        }
        catch
        {
            state.Ready.Hold(line, next.Run, next.Instance, next.Rank); // nothing of this commit counts, and it must not be forgotten
            throw;
        }
    }

    private async ValueTask<bool> HasRoomAsync(LimitKey limit, TaskLimits limits)
    {
        if (await RoomOfAsync(limit).ConfigureAwait(false) is not { } room) return false;
        var size = limit.Kind == LimitKind.Pool ? room.Size ?? limits.PoolSize : limits.MaxActive;
        if (size - room.Used >= limits.NeedOf(limit)) return true;
        if (room.IsUsedElsewhere) Look(limit, Later);
        return false;
    }

    /// <summary>What is taken of a limit, kept from others until the commit; null when another node is at it.</summary>
    private async ValueTask<Room?> RoomOfAsync(LimitKey limit)
    {
        if (_rooms.TryGetValue(limit, out var known)) return known;

        // What ended in this commit gives its slots back in this commit: it must be written before it is counted.
        _rooms[limit] = null;
        CollectChanges();
        await FlushAsync().ConfigureAwait(false);
        var uses = await transaction.LockLimitsAsync([limit], state.NodeName).ConfigureAwait(false);
        var room = uses is [var use] ? new Room(use.Size, use.UsedElsewhere > 0) { Used = use.Used } : null;
        if (room is null) Look(limit, AtOnce);
        return _rooms[limit] = room;
    }

    private void Look(LimitKey limit, TimeSpan after)
    {
        if (!_looks.TryGetValue(limit, out var known) || after < known) _looks[limit] = after;
    }

    /// <summary>How much of a limit is taken, claims of this commit included.</summary>
    private sealed class Room(int? size, bool isUsedElsewhere)
    {
        /// <summary>How many slots a pool has; null when no script published it, as with a store of one run.</summary>
        public int? Size => size;

        public bool IsUsedElsewhere => isUsedElsewhere;

        public int Used { get; set; }

        public int SizeFor(WaitingLine line) => line.Key.Kind == LimitKind.Pool ? size ?? line.Size : line.Size;
    }
}
