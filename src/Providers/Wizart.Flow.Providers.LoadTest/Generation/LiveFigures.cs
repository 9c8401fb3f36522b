using System.Globalization;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>Tells an attempt each second how its load test goes, and keeps the series.</summary>
internal sealed class LiveFigures(TaskContext run)
{
    private readonly List<LoadSecond> _seconds = [];
    private double _share;

    public IReadOnlyList<LoadSecond> Seconds => _seconds;

    /// <summary>From the generator's thread; never while the list is read.</summary>
    public void Second(LoadSecond second)
    {
        _seconds.Add(second);
        var ended = second.Good + second.Failed;
        var errors = ended == 0 ? 0 : (double)second.Failed / ended;
        run.Progress(
            _share,
            string.Create(
                CultureInfo.InvariantCulture,
                $"step {second.Step}: {second.Started}/s of {second.Rps:0.##}/s, p95 {second.P95.TotalMilliseconds:0.#} ms, errors {errors * 100:0.#} %, {second.InFlight} under way"));
        run.Metric("load_test.rps", second.Started);
        run.Metric("load_test.p95_ms", second.P95.TotalMilliseconds);
        run.Metric("load_test.error_rate", errors);
    }

    /// <summary>A step is over.</summary>
    public void Step(LoadStep step, double share)
    {
        _share = Math.Clamp(share, _share, 0.99);
        run.Progress(_share, string.Create(CultureInfo.InvariantCulture, $"step {step.Number}: {step.Rps:0.##}/s {step.Verdict}"));
    }
}
