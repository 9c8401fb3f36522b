using System.Globalization;

namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>
/// Says whether a service held a rate. What may be the generator's own doing is never blamed on the service, and never
/// counted for it: that is inconclusive.
/// </summary>
/// <param name="passWhile">The service level.</param>
/// <param name="fewest">A window with fewer ended calls is not judged.</param>
internal sealed class StepJudge(Func<LoadWindow, bool> passWhile, int fewest)
{
    // Below this share of what was due, the rate was not the one that is judged.
    private const double LowestSent = 0.98;
    private const double BusyCpu = 0.9;
    private const double BacklogShare = 0.04;
    private static readonly TimeSpan ToleratedLateness = TimeSpan.FromMilliseconds(10);

    public (LoadVerdict Verdict, string Reason) Judge(StepMeasurement step)
    {
        var (recorder, window) = (step.Recorder, step.Recorder.Window);
        if (step.Stopped is { } stop) return (LoadVerdict.Stopped, stop.Reason);
        if (window.Completed < fewest)
            return (LoadVerdict.Inconclusive, Say($"only {window.Completed} calls ended in the window; {fewest} are needed"));

        var failing = Failing(step, byService: false);
        if (failing is null)
        {
            return window.Started < window.Offered * LowestSent
                ? (LoadVerdict.Inconclusive, Say($"generator: only {window.Started} of {window.Offered} calls were sent"))
                : (LoadVerdict.Passed, "");
        }

        if (Failing(step, byService: true) is null)
            return (LoadVerdict.Inconclusive, Say($"generator: {failing}, and within the limit when counted from the real start (late by up to {Ms(window.Lateness.At(99))})"));
        var lateness = window.Lateness.At(99);
        if (window.Failed == 0 && lateness > ToleratedLateness && lateness * 2 > window.Latency.At(95))
            return (LoadVerdict.Inconclusive, Say($"generator: {failing}, and calls were sent up to {Ms(lateness)} late"));
        if (step.GeneratorCpu > BusyCpu)
            return (LoadVerdict.Inconclusive, Say($"generator: {failing}, and the generator used {step.GeneratorCpu * 100:0} % of the processors"));
        return (LoadVerdict.Failed, failing);
    }

    private string? Failing(StepMeasurement step, bool byService)
    {
        var (recorder, tally) = (step.Recorder, step.Recorder.Window);
        var window = new LoadWindow(tally, tally, step.Plan.Rate, recorder.InFlightAtEnd, byService);
        if (!passWhile(window)) return window.LastSeen ?? "PassWhile";
        return recorder.BacklogGrowth > Math.Max(10, tally.Offered * BacklogShare)
            ? Say($"backlog grew by {recorder.BacklogGrowth} calls")
            : null;
    }

    private static string Ms(TimeSpan time) => Say($"{time.TotalMilliseconds:0.#} ms");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
