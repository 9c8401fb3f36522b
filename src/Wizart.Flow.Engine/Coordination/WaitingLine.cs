using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Rank = (int Backfill, int Weight, long Run, long Sequence);

namespace Wizart.Flow.Engine.Coordination;

/// <summary>
/// Queued instances that wait for room in one limit, in the order of their ranks. One that needs more slots than are free lets
/// others pass that need fewer, but only as many as the limit has slots: then what comes free is kept for it.
/// </summary>
internal sealed class WaitingLine(LimitKey key)
{
    // Few different needs exist, mostly one: each has a queue of its own, so that what fits is found without a search.
    private readonly List<(int Need, PriorityQueue<(LiveRun Run, TaskInstance Instance, Rank Rank), Rank> Waiting)> _byNeed = [];
    private long _newestVersion;
    private int _passed;

    public LimitKey Key => key;

    /// <summary>The rank under which the ready queue has this line; null while it has it not.</summary>
    public Rank? Offered { get; set; }

    /// <summary>How much room the newest version seen gives: to its task, or to the pool as its script declares it.</summary>
    public int Size { get; private set; }

    public void Add(LiveRun run, TaskInstance instance, Rank rank)
    {
        var limits = run.Graph.LimitsOf(instance.TaskIndex)!;
        if (run.Run.VersionId >= _newestVersion) (_newestVersion, Size) = (run.Run.VersionId, key.Kind == LimitKind.Pool ? limits.PoolSize : limits.MaxActive);
        var need = limits.NeedOf(key);
        var index = _byNeed.FindIndex(line => line.Need == need);
        if (index < 0) _byNeed.Insert(index = 0, (need, new()));
        _byNeed[index].Waiting.Enqueue((run, instance, rank), rank);
    }

    /// <summary>The best rank of those that wait; null when nobody does.</summary>
    public Rank? Best()
    {
        Rank? best = null;
        foreach (var (_, waiting) in _byNeed)
            if (Top(waiting) is { } rank && (best is null || rank.CompareTo(best.Value) < 0)) best = rank;
        return best;
    }

    /// <summary>Takes the one whose turn it is, when what it needs is free.</summary>
    public bool TryTake(int free, int size, out (LiveRun Run, TaskInstance Instance, Rank Rank) taken)
    {
        var (first, fitting) = (-1, -1);
        for (var i = 0; i < _byNeed.Count; i++)
        {
            // What needs more than there is would keep all others waiting for ever.
            if (_byNeed[i].Need > size || Top(_byNeed[i].Waiting) is not { } rank) continue;
            if (first < 0 || rank.CompareTo(Top(_byNeed[first].Waiting)!.Value) < 0) first = i;
            if (_byNeed[i].Need <= free && (fitting < 0 || rank.CompareTo(Top(_byNeed[fitting].Waiting)!.Value) < 0)) fitting = i;
        }

        taken = default;
        if (fitting < 0 || (fitting != first && _passed >= size)) return false;
        _passed = fitting == first ? 0 : _passed + 1;
        taken = _byNeed[fitting].Waiting.Dequeue();
        return true;
    }

    /// <summary>How many wait.</summary>
    public int Count() => _byNeed.Sum(line => line.Waiting.UnorderedItems.Count(item => ReadyQueue.IsWaiting(item.Element.Run, item.Element.Instance)));

    private static Rank? Top(PriorityQueue<(LiveRun Run, TaskInstance Instance, Rank Rank), Rank> waiting)
    {
        while (waiting.TryPeek(out var next, out var rank))
        {
            if (ReadyQueue.IsWaiting(next.Run, next.Instance)) return rank;
            waiting.Dequeue();
        }

        return null;
    }
}
