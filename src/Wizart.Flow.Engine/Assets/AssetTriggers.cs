using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Assets;

/// <summary>
/// What follows from updates of assets, in the transaction that stores them: the queues of the DAGs that follow them, and the
/// runs that are started because a condition holds. Nothing of it is done by a DAG that is not active; one that is paused only
/// queues.
/// </summary>
internal static class AssetTriggers
{
    /// <summary>Stores updates and all that follows.</summary>
    public static async ValueTask<IReadOnlyList<AssetEvent>> UpdateAsync(CommitBatch batch, IReadOnlyList<AssetEvent> updates)
    {
        var transaction = batch.Transaction;
        var followers = await transaction.LockFollowersAsync([.. updates.Select(u => u.Uri).Distinct()]).ConfigureAwait(false);
        var stored = new List<AssetEvent>(updates.Count);
        foreach (var update in updates)
        {
            var known = await transaction.InsertAssetEventAsync(update).ConfigureAwait(false);
            stored.Add(known);
            foreach (var dag in followers)
            {
                if (!Follows(dag, update.Uri, batch.Now)) continue;
                await transaction.QueueUpdateAsync(dag.Id, update.Uri, known.Id, update.Time).ConfigureAwait(false);
                await DecideAsync(batch, dag).ConfigureAwait(false);
            }
        }

        batch.Updated.AddRange(stored);
        return stored;
    }

    /// <summary>Starts a run of the DAG if its condition holds; one whose clock waits for it is told.</summary>
    public static async ValueTask DecideAsync(CommitBatch batch, StoredDag dag)
    {
        if (dag is not { IsActive: true, IsPaused: false } || dag.Version.Model.AssetSchedule is not { } schedule) return;
        var queue = await batch.Transaction.QueuedAsync(dag.Id).ConfigureAwait(false);
        if (!Holds(schedule, queue)) return;
        if (!schedule.StartsRuns)
        {
            batch.Woken.Add(dag.Id);
            return;
        }

        // As Airflow's AssetTriggeredTimetable: from the earliest to the latest that the runs behind the updates covered.
        var interval = new DataInterval(queue.Min(q => q.Covers.Start), queue.Max(q => q.Covers.End));
        var run = await batch.Transaction.InsertRunAsync(new DagRun
        {
            DagId = dag.Id,
            VersionId = dag.Version.Id,
            Kind = RunKind.Asset,
            LogicalDate = interval.Start,
            Interval = interval,
            RunAfter = batch.Now,
            CreatedBy = "assets",
            QueuedAt = batch.Now,
        }).ConfigureAwait(false);
        if (run is null) return;
        await batch.Transaction.TakeQueueAsync(dag.Id, [run.Id]).ConfigureAwait(false);
        batch.AddCreated(run);
    }

    /// <summary>Creates the runs that the clock made due, if the condition they wait for holds; otherwise none.</summary>
    /// <returns>Whether it holds.</returns>
    public static async ValueTask<bool> CreateDueAsync(CommitBatch batch, string dagId, IReadOnlyList<DagRun> due)
    {
        if (await batch.Transaction.LockFollowerAsync(dagId).ConfigureAwait(false) is not { IsActive: true, IsPaused: false } dag
            || dag.Version.Model.AssetSchedule is not { } schedule
            || !Holds(schedule, await batch.Transaction.QueuedAsync(dagId).ConfigureAwait(false))) return false;
        var created = new List<long>();
        foreach (var run in due)
        {
            if (await batch.Transaction.InsertRunAsync(run).ConfigureAwait(false) is not { } stored) continue;
            created.Add(stored.Id);
            batch.AddCreated(stored);
        }

        if (created.Count > 0) await batch.Transaction.TakeQueueAsync(dagId, created).ConfigureAwait(false);
        return true;
    }

    private static bool Holds(AssetScheduleModel schedule, IReadOnlyList<QueuedUpdates> queue) =>
        queue.Count > 0 && schedule.Assets.Holds(uri => queue.Any(q => q.Uri == uri));

    private static bool Follows(StoredDag dag, string uri, DateTimeOffset now) =>
        dag.Version.Model is { AssetSchedule: { } schedule } model && schedule.Assets.Uris.Contains(uri, StringComparer.Ordinal)
        && !(now < model.StartingOn) && !(now >= model.EndingOn);
}
