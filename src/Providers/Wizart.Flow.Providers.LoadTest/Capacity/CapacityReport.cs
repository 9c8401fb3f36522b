using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Providers.LoadTest.Generation;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>Runs a search within an attempt: tells how it goes while it runs, and what came of it.</summary>
internal sealed class CapacityReport(CapacitySettings settings, TaskContext run)
{
    private const string PartialName = "load-test-partial.json";

    private readonly LiveFigures _live = new(run);

    public async Task<CapacityResult> RunAsync(LoadTarget target)
    {
        var generator = new LoadGenerator(target, _live.Second);
        var search = new CapacityRun(settings, generator, OnStep);
        var startedAt = run.Time.GetUtcNow();
        using var patience = run.Cancellation.Register(() => run.Log("The load test is being stopped: nothing more is sent.", LogLevel.Warning));
        await search.GoAsync(run.Cancellation);
        var result = CapacityResults.Of(search, settings, _live.Seconds, startedAt, generator.Elapsed);
        if (run.Cancellation.IsCancellationRequested)
        {
            run.Artifact(PartialName, JsonSerializer.Serialize(result, ValueJson.Options));
            run.Cancellation.ThrowIfCancellationRequested();
        }

        Tell(result);
        return result;
    }

    private void OnStep(LoadStep step)
    {
        _live.Step(step, Share(step));
        run.Log(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{step.Kind} {step.Rps:0.##}/s: {step.Verdict}{(step.Reason.Length > 0 ? $" ({step.Reason})" : "")}; sent {step.StartedRps:0.##}/s, "
                    + $"p50 {step.P50.TotalMilliseconds:0.#} ms, p95 {step.P95.TotalMilliseconds:0.#} ms, errors {step.ErrorRate * 100:0.##} %, dropped {step.Dropped}"),
            step.Verdict is LoadVerdict.Inconclusive or LoadVerdict.Stopped ? LogLevel.Warning : LogLevel.Information);
    }

    // Nobody knows how many steps a search takes: the way up is half of it, what follows a step each.
    private double Share(LoadStep step) => step.Kind is LoadStepKind.Climb or LoadStepKind.WarmUp
        ? 0.5 * Math.Log(step.Rps / settings.From + 1) / Math.Log(settings.UpTo / settings.From + 1)
        : Math.Min(0.95, 0.5 + (step.Number * 0.03));

    private void Tell(CapacityResult result)
    {
        run.Progress(1, string.Create(CultureInfo.InvariantCulture, $"{result.Outcome}: {result.MaxRps:0.##}/s"));
        if (LoadComparison.IsWhole(result)) run.Metric(LoadTest.MaxRps, result.MaxRps, ("task", run.TaskId)); // a partial result is no point of a series
        run.Log(
            string.Create(CultureInfo.InvariantCulture, $"{result.Outcome}: holds {result.MaxRps:0.##} calls/s. Bound by: {result.BindingLimit}"),
            result.Outcome is CapacityOutcome.Found or CapacityOutcome.HeldUpTo ? LogLevel.Information : LogLevel.Warning);
        if (result.Stopped is { } why)
        {
            run.Log(
                result.Recovery is { } time
                    ? string.Create(CultureInfo.InvariantCulture, $"Stopped: {why}. The service answered well again after {time.TotalSeconds:0.0} s.")
                    : $"Stopped: {why}. The service was not seen to recover.",
                LogLevel.Warning);
        }
    }
}
