using System.Globalization;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Maintenance;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Schedules;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Alarms;

/// <summary>Brings each alarm to the service whose it is.</summary>
public sealed class AlarmRouter(
    RunScheduler scheduler, BackfillService backfills, RunCoordinator coordinator, RunningAttempts running, DutyRoster duties,
    DeliveryService deliveries, DeadlineService deadlines) : IAlarmHandler
{
    /// <inheritdoc/>
    public Task RingAsync(Alarm alarm, CancellationToken cancellation)
    {
        switch (alarm)
        {
            case Alarm.ScheduleDue due:
                return scheduler.TickAsync(due.DagId);
            case Alarm.BackfillDue due:
                return backfills.TickAsync(due.BackfillId);
            case Alarm.RetryDue retry:
                return coordinator.RetryDueAsync(retry);
            case Alarm.LookDue look:
                return coordinator.LookAsync(look);
            case Alarm.RunTimeout run:
                return coordinator.CancelAsync(run.RunId, RunState.Failed, $"timed out: the run lasted longer than {Span(run.Limit)}");
            case Alarm.AttemptTimeout attempt:
                var key = new AttemptKey(attempt.RunId, attempt.TaskIndex, attempt.MapIndex, attempt.Attempt);
                running.Stop(key, StopKind.Timeout, $"timed out after {Span(attempt.Limit)}");
                return Task.CompletedTask;
            case Alarm.DeliveryDue delivery:
                return deliveries.DueAsync(delivery.DeliveryId);
            case Alarm.DeliveriesOfRun stored:
                deliveries.Stored(stored.RunId);
                return Task.CompletedTask;
            case Alarm.RunDeadline deadline:
                return deadlines.MissedAsync(deadline);
            case Alarm.LimitDue due:
                return coordinator.LookAtAsync(due.Limit);
            case Alarm.PastDue due:
                return coordinator.LookAtPastAsync(due.RunId);
            case Alarm.Maintenance maintenance:
                return duties.RunAsync(maintenance.Duty, cancellation);
            default:
                throw new ArgumentOutOfRangeException(nameof(alarm), alarm, "Nobody hears this alarm.");
        }
    }

    private static string Span(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);
}
