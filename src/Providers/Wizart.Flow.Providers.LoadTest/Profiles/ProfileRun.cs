using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Providers.LoadTest.Capacity;
using Wizart.Flow.Providers.LoadTest.Generation;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.LoadTest.Profiles;

/// <summary>Sends a profile within an attempt.</summary>
internal sealed class ProfileRun(LoadTarget target, IReadOnlyList<ILoad> loads, LoadCondition stopWhen, TaskContext run)
{
    private const double LowestSent = 0.98;
    private const string PartialName = "load-test-partial.json";
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RecoveryLimitOfCancelled = TimeSpan.FromSeconds(3);

    private readonly LiveFigures _live = new(run);
    private readonly List<LoadStep> _steps = [];
    private readonly List<LoadProblem> _problems = [];

    public async Task<LoadResult> GoAsync()
    {
        var generator = new LoadGenerator(target, _live.Second);
        var startedAt = run.Time.GetUtcNow();
        await generator.CheckAsync(run.Cancellation);
        string? stopped = null;
        TimeSpan? recovery = null;
        var whole = loads.Sum(l => l.Duration.TotalSeconds);
        for (var i = 0; i < loads.Count && stopped is null; i++)
        {
            stopped = await HoldAsync(generator, loads[i], loads.Take(i + 1).Sum(l => l.Duration.TotalSeconds) / whole);
            if (stopped is not null)
            {
                var cancelled = run.Cancellation.IsCancellationRequested;
                recovery = await generator.RecoverAsync(cancelled ? RecoveryLimitOfCancelled : RecoveryLimit, cancelled ? CancellationToken.None : run.Cancellation);
            }
        }

        var result = new LoadResult
        {
            Steps = _steps,
            Seconds = _live.Seconds,
            Problems = _problems,
            Stopped = stopped,
            Recovery = recovery,
            StartedAt = startedAt,
            Took = generator.Elapsed,
            Environment = LoadEnvironment.Here(),
        };
        if (run.Cancellation.IsCancellationRequested)
        {
            run.Artifact(PartialName, JsonSerializer.Serialize(result, ValueJson.Options));
            run.Cancellation.ThrowIfCancellationRequested();
        }

        if (stopped is not null) run.Log($"The load test was stopped: {stopped}", LogLevel.Warning);
        return result;
    }

    private async Task<string?> HoldAsync(LoadGenerator generator, ILoad load, double share)
    {
        var rate = load is OpenLoad open ? open.Schedule.Count / load.Duration.TotalSeconds : 0;
        var plan = new StepPlan(_steps.Count + 1, LoadStepKind.Profile, rate, TimeSpan.Zero, load.Duration);
        var measured = await generator.HoldAsync(plan, load, Harm, run.Cancellation);
        var window = measured.Recorder.Window;
        var (verdict, reason) = measured.Stopped is { } stop ? (LoadVerdict.Stopped, stop.Reason)
            : window.Started < window.Offered * LowestSent
                ? (LoadVerdict.Inconclusive, string.Create(CultureInfo.InvariantCulture, $"generator: only {window.Started} of {window.Offered} calls were sent"))
                : (LoadVerdict.NotJudged, "");
        var step = measured.ToStep(verdict, reason);
        _steps.Add(step);
        _problems.AddRange(measured.Recorder.Problems());
        _live.Step(step, share);
        if (verdict == LoadVerdict.Inconclusive) run.Log($"Step {step.Number} is inconclusive: {reason}", LogLevel.Warning);
        return measured.Stopped?.Reason;
    }

    private string? Harm(LoadWindow window) => stopWhen.IsTrue(window) ? $"StopWhen: {window.LastSeen ?? stopWhen.Text}" : null;
}
