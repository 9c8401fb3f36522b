using Wizart.Flow.Providers.LoadTest.Statistics;

namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>A step that is over, with all of its calls ended.</summary>
/// <param name="Plan">What was asked for.</param>
/// <param name="Recorder">What was counted.</param>
/// <param name="GeneratorCpu">The share of the processors that the generator's process used.</param>
/// <param name="Stopped">Why it ended early; null when it did not.</param>
internal sealed record StepMeasurement(StepPlan Plan, StepRecorder Recorder, double GeneratorCpu, LoadStop? Stopped)
{
    /// <summary>The step as people read it.</summary>
    public LoadStep ToStep(LoadVerdict verdict, string reason)
    {
        // What was stopped early has no whole window: all of it is told.
        var tally = Stopped is null ? Recorder.Window : Recorder.Whole;
        var length = Stopped is null ? Recorder.WindowLength : Stopped.After;
        return new LoadStep
        {
            Number = Plan.Number,
            Kind = Plan.Kind,
            Rps = Plan.Rate,
            Verdict = verdict,
            Reason = reason,
            Window = length,
            StartedRps = PerSecond(tally.Started),
            GoodRps = PerSecond(tally.Good),
            ErrorRate = tally.Completed == 0 ? 0 : (double)tally.Failed / tally.Completed,
            P50 = tally.Latency.At(50),
            P90 = tally.Latency.At(90),
            P95 = tally.Latency.At(95),
            P99 = tally.Latency.At(99),
            Slowest = tally.Latency.At(100),
            Offered = tally.Offered,
            Started = tally.Started,
            Completed = tally.Completed,
            Good = tally.Good,
            ClientErrors = tally.ClientErrors,
            ServerErrors = tally.ServerErrors,
            Timeouts = tally.Timeouts,
            ConnectionErrors = tally.ConnectionErrors,
            CheckFailures = tally.CheckFailures,
            Dropped = tally.Dropped,
            Cancelled = tally.Cancelled,
            InFlight = Recorder.InFlightAtEnd,
            LatenessP99 = tally.Lateness.At(99),
            GeneratorCpu = GeneratorCpu,
        };

        double PerSecond(long calls) => length > TimeSpan.Zero ? Math.Round(calls / length.TotalSeconds, 2) : 0;
    }
}

/// <summary>Why sending ended early, and when, counted from the step's start.</summary>
internal sealed record LoadStop(string Reason, TimeSpan After);
