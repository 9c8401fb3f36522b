using System.Diagnostics;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.LoadTest.Calls;
using Wizart.Flow.Providers.LoadTest.Capacity;
using Wizart.Flow.Providers.LoadTest.Statistics;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>Holds steps against a real service.</summary>
/// <param name="target">What is called.</param>
/// <param name="onSecond">Told each second how it goes; from another thread.</param>
internal sealed class LoadGenerator(LoadTarget target, Action<LoadSecond> onSecond) : ILoadGenerator
{
    private const int ProbesInRow = 3;
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly long _origin = Stopwatch.GetTimestamp();
    private long _lastSent = Stopwatch.GetTimestamp();
    private int _seconds;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_origin);

    public async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var call in target.Mix.All)
        {
            var end = await ProbeAsync(call, cancellation);
            if (end.Outcome != CallOutcome.Good)
                throw new Fail($"The load test has not begun, because a single call of scenario '{call.Name}' fails: {end.Problem}");
        }
    }

    public Task<StepMeasurement> HoldAsync(StepPlan plan, Func<LoadWindow, string?> stop, CancellationToken cancellation) =>
        HoldAsync(plan, new OpenLoad(plan.Schedule()), stop, cancellation);

    public async Task<StepMeasurement> HoldAsync(
        StepPlan plan, ILoad load, Func<LoadWindow, string?> stop, CancellationToken cancellation)
    {
        var recorder = new StepRecorder(plan.Settle, plan.Length);
        var processor = new ProcessorTime();
        using var stopped = new ManualResetEvent(false);
        var stream = new CallStream(target, recorder);
        var pacer = load.Pace(stream, stopped);
        var watch = new StepWatch(stream, Look(plan, load, recorder, stream, stop, cancellation), pacer.Over, stopped);
        pacer.Start();
        watch.Start();
        await pacer.Over;
        _lastSent = Stopwatch.GetTimestamp();
        var share = processor.Share();
        var end = await watch.Over;
        if (stream.Refused is { } refused) throw refused;
        return new StepMeasurement(plan, recorder, share, end);
    }

    public async Task<TimeSpan?> RecoverAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var good = 0;
        for (var number = 0; Stopwatch.GetElapsedTime(_lastSent) < limit; number++)
        {
            var end = await ProbeAsync(target.Mix.At(number), cancellation);
            good = end.Outcome == CallOutcome.Good ? good + 1 : 0;
            if (good == ProbesInRow) return Stopwatch.GetElapsedTime(_lastSent);
            await WaitAsync(ProbePause, cancellation);
        }

        return null;
    }

    public Task WaitAsync(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, TimeProvider.System, cancellation);

    private Func<TimeSpan, LoadStop?> Look(
        StepPlan plan, ILoad load, StepRecorder recorder, CallStream stream, Func<LoadWindow, string?> stop,
        CancellationToken cancellation)
    {
        var (nextLook, nextSecond) = (TimeSpan.Zero, TimeSpan.FromSeconds(1));
        return now =>
        {
            if (now >= nextSecond)
            {
                nextSecond += TimeSpan.FromSeconds(1);
                onSecond(recorder.TakeSecond(plan.Number, ++_seconds, load.RateAt(now)));
            }

            if (cancellation.IsCancellationRequested) return new LoadStop("the task was cancelled", now);
            if (stream.Refused is { } refused) return new LoadStop(refused.Message, now);
            if (now < nextLook) return null;
            nextLook = now + LookEvery;
            return stop(recorder.Now(load.RateAt(now), now)) is { } reason ? new LoadStop(reason, now) : null;
        };
    }

    /// <summary>One call by itself, which the test's figures leave out.</summary>
    private async Task<CallEnd> ProbeAsync(WeightedCall call, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var own = new LoadCall(ended.Token);
        own.Enter();
        try
        {
            await call.Body().WaitAsync(target.Timeout, TimeProvider.System, cancellation);
            return CallEnd.Of(own, null);
        }
        catch (Fail)
        {
            throw;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            // Whatever a body throws is what the call came to.
            await ended.CancelAsync();
            return CallEnd.Of(own, error);
        }
    }
}
