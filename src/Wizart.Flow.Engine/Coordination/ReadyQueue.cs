using System.Diagnostics.CodeAnalysis;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Rank = (int Backfill, int Weight, long Run, long Sequence);

namespace Wizart.Flow.Engine.Coordination;

/// <summary>
/// Queued instances that wait for a slot of this node: live runs before those of backfills, then higher weight first, then the
/// older run, then who waits longer. Those with limits that reach beyond their run wait in the line of a limit; the line as a
/// whole has its place here while it may have room, so that a full limit costs nobody else anything.
/// </summary>
/// <param name="serves">The queues that this node serves; null for all.</param>
internal sealed class ReadyQueue(IReadOnlySet<string>? serves = null)
{
    private readonly PriorityQueue<(LiveRun? Run, TaskInstance? Instance, WaitingLine? Line), Rank> _waiting = new();
    private readonly Dictionary<LimitKey, WaitingLine> _lines = [];
    private long _sequence;

    public int Count => _waiting.Count;

    /// <summary>Whether an instance still waits to be claimed.</summary>
    public static bool IsWaiting(LiveRun run, TaskInstance instance) => !run.IsEvicted && instance.State == TaskState.Queued;

    public void Add(LiveRun run, TaskInstance instance)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        if (serves is not null && !serves.Contains(task.Queue ?? Queues.Default)) return;
        var rank = (run.Run.Kind == RunKind.Backfill ? 1 : 0, -run.Graph.WeightOf(instance.TaskIndex), run.Run.Id, _sequence++);
        if (run.Graph.LimitsOf(instance.TaskIndex) is { } limits) Park(limits.First, run, instance, rank);
        else _waiting.Enqueue((run, instance, null), rank);
    }

    /// <summary>Lets an instance wait in the line of a limit, which is looked at before the next one of its rank is claimed.</summary>
    private void Park(LimitKey limit, LiveRun run, TaskInstance instance, Rank rank)
    {
        Hold(limit, run, instance, rank);
        Offer(_lines[limit]);
    }

    /// <summary>Lets an instance wait in the line of a limit that was found full, until the limit is woken.</summary>
    public void Hold(LimitKey limit, LiveRun run, TaskInstance instance, Rank rank)
    {
        if (!_lines.TryGetValue(limit, out var line)) _lines[limit] = line = new WaitingLine(limit);
        line.Add(run, instance, rank);
    }

    /// <summary>A limit may have room: its line is looked at again.</summary>
    public void Wake(LimitKey limit)
    {
        if (_lines.TryGetValue(limit, out var line)) Offer(line);
    }

    /// <summary>Gives a line its place among those that wait, by the best of it; it has none once it is taken.</summary>
    public void Offer(WaitingLine line)
    {
        if (line.Best() is not { } best) return;
        if (line.Offered is { } offered && offered.CompareTo(best) <= 0) return;
        line.Offered = best;
        _waiting.Enqueue((null, null, line), best);
    }

    /// <summary>How many wait in the line of a limit.</summary>
    public int WaitingFor(LimitKey limit) => _lines.TryGetValue(limit, out var line) ? line.Count() : 0;

    /// <summary>The next in turn: an instance that no limit holds, or a line.</summary>
    public bool TryTake(out (LiveRun Run, TaskInstance Instance) ready, [MaybeNull] out WaitingLine line)
    {
        while (_waiting.TryDequeue(out var next, out var rank))
        {
            (ready, line) = ((next.Run!, next.Instance!), next.Line);
            if (line is null)
            {
                if (IsWaiting(next.Run!, next.Instance!)) return true;
            }
            else if (line.Offered == rank)
            {
                line.Offered = null;
                return true;
            }
        }

        (ready, line) = (default, null);
        return false;
    }
}
