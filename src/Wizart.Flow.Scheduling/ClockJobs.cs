using Quartz;
using Quartz.Extensibility;

namespace Wizart.Flow.Scheduling;

/// <summary>An alarm rings.</summary>
internal sealed class AlarmJob(QuartzClock clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await clock.RingAsync(context.Trigger.Key, cancellationToken);
}

/// <summary>A slot takes a claimed attempt and goes on until none waits.</summary>
internal sealed class SlotJob(QuartzClock clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await clock.RunSlotAsync();
}

/// <summary>Gives the two jobs their clock.</summary>
internal sealed class ClockJobFactory : IJobFactory
{
    public QuartzClock? Clock { get; set; }

    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default)
    {
        IJob job = bundle.JobDetail.Key == QuartzClock.AlarmJobKey ? new AlarmJob(Clock!) : new SlotJob(Clock!);
        return ValueTask.FromResult(new JobScope(job));
    }

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
