using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Limits;

namespace Wizart.Flow.Engine.Coordination;

public sealed partial class RunCoordinator
{
    private static readonly TimeSpan PastAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>Raised when failures in a row paused a DAG, after that is durable: its id, and the reason.</summary>
    internal event Action<string, string>? DagPaused;

    /// <summary>A limit may have room: who waits for it is looked at again.</summary>
    public Task LookAtAsync(LimitKey limit) => PostAsync(new LookAtLimit(limit));

    /// <summary>What waits for a run is looked at again.</summary>
    public Task LookAtPastAsync(long runId) => PostAsync(new LookAtPast(runId));

    /// <summary>How many instances wait on this node for each of some limits.</summary>
    public Task<IReadOnlyDictionary<LimitKey, int>> WaitingAsync(IReadOnlyCollection<LimitKey> limits) => PostAsync(new CountWaiting(limits));

    private void FollowLimits(CommitBatch batch)
    {
        foreach (var (limit, after) in batch.Looks) _alarms.Set(new Alarm.LimitDue(limit), _time.GetUtcNow() + after);
        foreach (var runId in batch.PastLooks) _alarms.Set(new Alarm.PastDue(runId), _time.GetUtcNow() + PastAgainAfter);
        foreach (var (dagId, reason) in batch.Paused) DagPaused?.Invoke(dagId, reason);
        foreach (var run in batch.Skipped)
        {
            _feed.Tell(new FlowEvent.RunChanged(run));
            RunEnded?.Invoke(run);
        }
    }
}

/// <summary>A limit may have room.</summary>
internal sealed class LookAtLimit(LimitKey limit) : Message<bool>
{
    public override ValueTask ApplyAsync(CommitBatch batch)
    {
        batch.Wake(limit);
        return ValueTask.CompletedTask;
    }
}

/// <summary>What waits for a run is to be looked at again.</summary>
internal sealed class LookAtPast(long runId) : Message<bool>
{
    public override ValueTask ApplyAsync(CommitBatch batch)
    {
        batch.CheckPast(runId);
        return ValueTask.CompletedTask;
    }
}

/// <summary>How many instances wait for limits.</summary>
internal sealed class CountWaiting(IReadOnlyCollection<LimitKey> limits) : Message<IReadOnlyDictionary<LimitKey, int>>
{
    public override bool FailsFast => true;

    public override ValueTask ApplyAsync(CommitBatch batch)
    {
        Result = batch.Waiting(limits);
        return ValueTask.CompletedTask;
    }
}
