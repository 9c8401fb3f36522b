using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Quartz;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Attempts;

namespace Wizart.Flow.Scheduling;

/// <summary>
/// Quartz, in memory: the daemon's only clock and its only way to bring an attempt to a slot. Holds no truth; alarms are
/// set anew from the store at start.
/// </summary>
public sealed class QuartzClock : IAlarms, IDispatcher, IAsyncDisposable
{
    /// <summary>Alarms are short; with these beside the slots, busy slots never hold them up.</summary>
    private const int AlarmThreads = 8;

    internal static readonly JobKey AlarmJobKey = new("alarm", "flow");
    private static readonly JobKey SlotJobKey = new("slot", "flow");

    private readonly StandaloneSchedulerFactory _factory;
    private readonly IScheduler _scheduler;
    private readonly ConcurrentDictionary<string, Alarm> _alarms = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ClaimedAttempt> _claimed = new();
    private readonly TimeProvider _time;
    private readonly ILogger<QuartzClock> _log;
    private IAlarmHandler? _handler;
    private SlotLoop? _slots;

    private QuartzClock(StandaloneSchedulerFactory factory, IScheduler scheduler, TimeProvider time, ILogger<QuartzClock> log) =>
        (_factory, _scheduler, _time, _log) = (factory, scheduler, time, log);

    /// <summary>Makes a clock that stands still until <see cref="StartAsync"/>.</summary>
    /// <param name="slots">How many attempts may run at once.</param>
    /// <param name="time">The time it goes by.</param>
    /// <param name="log">Hears of alarms and slots that throw.</param>
    public static async Task<QuartzClock> CreateAsync(int slots, TimeProvider time, ILogger<QuartzClock> log)
    {
        var jobs = new ClockJobFactory();
        var factory = QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = $"flow-{Guid.NewGuid():N}";
                scheduler.PropagateTraceContext = false;
            });
            quartz.UseDefaultThreadPool(slots + AlarmThreads);
            quartz.UseInMemoryStore(_ => { });
            quartz.UseTimeProvider(time);
            quartz.UseJobFactory(jobs);
        }).Build();
        var clock = new QuartzClock(factory, await factory.GetScheduler(), time, log);
        jobs.Clock = clock;
        await clock._scheduler.AddJob(JobBuilder.Create<AlarmJob>().WithIdentity(AlarmJobKey).StoreDurably().Build());
        await clock._scheduler.AddJob(JobBuilder.Create<SlotJob>().WithIdentity(SlotJobKey).StoreDurably().Build());
        return clock;
    }

    /// <summary>Begins to fire.</summary>
    public async Task StartAsync(IAlarmHandler handler, SlotLoop slots)
    {
        (_handler, _slots) = (handler, slots);
        await _scheduler.Start();
    }

    /// <inheritdoc/>
    public void Set(Alarm alarm, DateTimeOffset due)
    {
        _alarms[alarm.Key] = alarm;
        var now = _time.GetUtcNow();
        var trigger = TriggerBuilder.Create(_time)
            .WithIdentity(KeyOf(alarm.Key))
            .ForJob(AlarmJobKey)
            .StartAt(due < now ? now : due)
            .Build();
        Observe(_scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace).AsTask(), alarm.Key);
    }

    /// <inheritdoc/>
    public void Cancel(string key)
    {
        if (_alarms.TryRemove(key, out _)) Observe(_scheduler.UnscheduleJob(KeyOf(key)).AsTask(), key);
    }

    /// <inheritdoc/>
    public void Dispatch(ClaimedAttempt first)
    {
        _claimed.Enqueue(first);
        Observe(_scheduler.TriggerJob(SlotJobKey).AsTask(), $"slot for {first.Run.DagId}/{first.Run.Id}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _scheduler.Shutdown(waitForJobsToComplete: true);
        await _factory.DisposeAsync();
    }

    internal async Task RingAsync(TriggerKey key, CancellationToken cancellation)
    {
        // Cancelled between the firing and here. Taken out before it is heard: an alarm that has rung is not kept for ever,
        // and whoever hears it may set it anew.
        if (!_alarms.TryRemove(key.Name, out var alarm)) return;
        try
        {
            await _handler!.RingAsync(alarm, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _log.LogError(error, "Alarm {Key} could not be heard; it rings again in {Seconds} s", key.Name, AgainAfter.TotalSeconds);
            Set(alarm, _time.GetUtcNow() + AgainAfter);
        }
    }

    internal async Task RunSlotAsync()
    {
        if (!_claimed.TryDequeue(out var claimed)) return;
        try
        {
            await _slots!.RunAsync(claimed);
        }
        catch (Exception error)
        {
            _log.LogCritical(error, "A slot broke while it ran task {Task} of run {Run}", claimed.Task.Id, claimed.Run.Id);
        }
    }

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    private static TriggerKey KeyOf(string key) => new(key, "alarm");

    private void Observe(Task task, string what)
    {
        if (task.IsCompletedSuccessfully) return;
        _ = LogAsync();
        async Task LogAsync()
        {
            try
            {
                await task;
            }
            catch (SchedulerException error)
            {
                _log.LogError(error, "Quartz refused {What}", what);
            }
        }
    }
}
