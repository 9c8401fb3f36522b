using Wizart.Flow.Providers.LoadTest.Calls;
using Wizart.Flow.Providers.LoadTest.Capacity;
using Wizart.Flow.Providers.LoadTest.Statistics;

namespace Wizart.Flow.Providers.LoadTest.Tests.Capacity;

/// <summary>Holds steps against a simulated service, in no time at all.</summary>
internal sealed class SimulatedGenerator(SimulatedService service) : ILoadGenerator
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public TimeSpan Elapsed { get; private set; }

    /// <summary>When each call was sent.</summary>
    public List<TimeSpan> Sent { get; } = [];

    /// <summary>How late every call is sent.</summary>
    public TimeSpan Lateness { get; init; }

    public double Cpu { get; init; } = 0.1;

    /// <summary>When a step was stopped.</summary>
    public TimeSpan? StoppedAt { get; private set; }

    public Task CheckAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        Elapsed += time;
        return Task.CompletedTask;
    }

    public Task<TimeSpan?> RecoverAsync(TimeSpan limit, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < limit; waited += 2.Seconds())
        {
            Elapsed += 2.Seconds();
            if (service.Answer(Elapsed).Outcome == CallOutcome.Good) return Task.FromResult<TimeSpan?>(waited);
        }

        return Task.FromResult<TimeSpan?>(null);
    }

    public Task<StepMeasurement> HoldAsync(StepPlan plan, Func<LoadWindow, string?> stop, CancellationToken cancellation)
    {
        var recorder = new StepRecorder(plan.Settle, plan.Length);
        var schedule = plan.Schedule();
        var ends = new PriorityQueue<CallSample, TimeSpan>();
        LoadStop? stopped = null;
        long next = 0;
        for (var now = Tick; stopped is null && now < plan.Length + Tick; now += Tick)
        {
            for (; next < schedule.Count && schedule.At(next) < now; next++) Send(schedule.At(next));
            End(now);
            if (stop(recorder.Now(plan.Rate, now)) is { } reason) stopped = new LoadStop(reason, now);
        }

        StoppedAt ??= stopped is null ? null : Elapsed + stopped.After;
        End(TimeSpan.MaxValue);
        Elapsed += stopped?.After ?? plan.Length;
        return Task.FromResult(new StepMeasurement(plan, recorder, Cpu, stopped));

        void Send(TimeSpan intended)
        {
            var started = intended + Lateness;
            Sent.Add(Elapsed + started);
            recorder.Offered(intended, dropped: false);
            recorder.Started(intended, started);
            var (latency, outcome) = service.Answer(Elapsed + started);
            if (latency > Timeout) (latency, outcome) = (Timeout, CallOutcome.Timeout);
            var sample = new CallSample(intended, started, started + latency, new CallEnd(outcome, outcome == CallOutcome.Good ? null : outcome.ToString(), null));
            ends.Enqueue(sample, sample.Ended);
        }

        void End(TimeSpan now)
        {
            while (ends.TryPeek(out var sample, out var at) && at <= now)
            {
                ends.Dequeue();
                recorder.Ended(sample);
            }
        }
    }
}
