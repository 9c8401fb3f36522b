using System.Globalization;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Callbacks;

/// <summary>Sets an alarm for each deadline of a run that is queued or running, and tells when it rings and the run is not over.</summary>
public sealed class DeadlineService(LiveRuns runs, RunCoordinator coordinator, DeliveryService deliveries, IAlarms alarms, TimeProvider time)
{
    private const int RunsOfAverage = 10;
    private const int FewestRunsOfAverage = 3;
    private IFlowQueries? _queries;

    /// <summary>Says where to look up earlier runs. Without that no deadline is watched.</summary>
    public void Open(IFlowQueries queries) => _queries = queries;

    /// <summary>Watches a run that is not over. Harmless when it is watched already.</summary>
    public async Task WatchAsync(DagRun run)
    {
        if (_queries is null || run.Restarts > 0) return; // who runs it once more knows that it is late
        var (version, _) = await runs.VersionAsync(run.VersionId);
        for (var i = 0; i < version.Model.Deadlines.Count; i++)
            if (await DueAsync(run, version.Model.Deadlines[i]) is { } due) alarms.Set(new Alarm.RunDeadline(run.Id, run.VersionId, i), due);
    }

    /// <summary>The time of a run is over.</summary>
    public async Task MissedAsync(Alarm.RunDeadline alarm)
    {
        if (_queries is null || await _queries.RunAsync(alarm.RunId, CancellationToken.None) is not { } run || run.State.IsFinal() || run.Restarts > 0) return;
        var (version, _) = await runs.VersionAsync(alarm.VersionId);
        var deadline = version.Model.Deadlines[alarm.Deadline];
        var now = time.GetUtcNow();
        var missed = new Delivery
        {
            RunId = run.Id,
            DagId = run.DagId,
            Event = CallbackEvent.Deadline,
            State = run.State == RunState.Queued ? "queued" : "running",
            Reason = Reason(deadline),
            Notifier = deadline.Notifier,
            CreatedAt = now,
            DueAt = now,
        };
        if (await coordinator.ExecuteAsync(transaction => transaction.MissDeadlineAsync(missed))) deliveries.Stored(run.Id);
    }

    private async ValueTask<DateTimeOffset?> DueAsync(DagRun run, DeadlineModel deadline)
    {
        var from = deadline.From switch
        {
            DeadlineReference.LogicalDate => run.LogicalDate,
            DeadlineReference.AverageOfLastRuns => run.QueuedAt + await AverageAsync(run),
            _ => run.QueuedAt,
        };
        var due = from + deadline.After;

        // Somebody who runs an old interval by hand, or many, knows that they are late.
        return due <= run.QueuedAt && run.Kind != RunKind.Scheduled ? null : due;
    }

    private async Task<TimeSpan?> AverageAsync(DagRun run)
    {
        var last = await _queries!.RunsAsync(
            new RunFilter(run.DagId, RunState.Success, BeforeId: run.Id, Count: RunsOfAverage), CancellationToken.None);
        var took = last.Where(r => r.EndedAt is not null).Select(r => (r.EndedAt!.Value - (r.StartedAt ?? r.QueuedAt)).Ticks).ToArray();
        return took.Length < FewestRunsOfAverage ? null : TimeSpan.FromTicks((long)took.Average());
    }

    private static string Reason(DeadlineModel deadline)
    {
        var after = deadline.After.ToString("c", CultureInfo.InvariantCulture);
        return deadline.From switch
        {
            DeadlineReference.LogicalDate => $"not over {after} after its logical date",
            DeadlineReference.AverageOfLastRuns => $"not over {after} after the time that its DAG's last runs took on average",
            _ => $"not over {after} after it was queued",
        };
    }
}
