using System.Globalization;

namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>One search from its smoke check to its result.</summary>
internal sealed class CapacityRun(CapacitySettings settings, ILoadGenerator generator, Action<LoadStep> onStep)
{
    // A longer request to wait is an end, not a pause.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // A cancelled attempt has five seconds before its process is killed.
    private static readonly TimeSpan RecoveryLimitOfCancelled = TimeSpan.FromSeconds(3);

    private readonly CapacitySearch _search = new(settings.From, settings.UpTo, settings.Growth, settings.Precision);
    private readonly StepJudge _judge = new(settings.PassWhile.IsTrue, settings.Fewest);
    private readonly Dictionary<string, long> _problems = [];
    private readonly List<LoadStep> _steps = [];
    private long _callsBefore;

    public IReadOnlyList<LoadStep> Steps => _steps;

    public IReadOnlyList<LoadProblem> Problems => [.. _problems.OrderByDescending(p => p.Value).Take(20).Select(p => new LoadProblem(p.Key, p.Value))];

    public CapacitySearch Search => _search;

    /// <summary>Why the test was stopped; null when it came to its own end.</summary>
    public string? Stopped { get; private set; }

    /// <summary>How long the service took to answer well again after the stop; null when there was none, or it did not.</summary>
    public TimeSpan? Recovery { get; private set; }

    /// <exception cref="Fail">The smoke check failed.</exception>
    public async Task GoAsync(CancellationToken cancellation)
    {
        await generator.CheckAsync(cancellation);
        if (settings.WarmUp > TimeSpan.Zero) await HoldAsync(settings.WarmUpPlan(), cancellation);
        while (Stopped is null && _search.Next is { } move)
        {
            var step = await HoldAsync(settings.PlanOf(move, _steps.Count + 1), cancellation);
            if (step.Verdict == LoadVerdict.Stopped) return;
            _search.Record(step.Verdict);
        }
    }

    private async Task<LoadStep> HoldAsync(StepPlan plan, CancellationToken cancellation)
    {
        var measured = await generator.HoldAsync(plan, Harm, cancellation);
        _callsBefore += measured.Recorder.Whole.Started;
        foreach (var problem in measured.Recorder.Problems()) _problems[problem.Text] = _problems.GetValueOrDefault(problem.Text) + problem.Count;

        var (verdict, reason) = measured.Stopped is null && plan.Kind == LoadStepKind.WarmUp ? (LoadVerdict.NotJudged, "") : _judge.Judge(measured);
        var step = measured.ToStep(verdict, reason);
        if (plan.Kind != LoadStepKind.WarmUp || verdict == LoadVerdict.Stopped) _steps.Add(step);
        onStep(step);

        if (verdict == LoadVerdict.Stopped)
        {
            Stopped = reason;
            await WatchRecoveryAsync(cancellation);
        }
        else if (verdict == LoadVerdict.Failed)
        {
            await SettleAsync(step, measured.Recorder.RetryAfter, cancellation);
        }

        return step;
    }

    private async Task WatchRecoveryAsync(CancellationToken cancellation)
    {
        if (!cancellation.IsCancellationRequested)
        {
            try
            {
                Recovery = await generator.RecoverAsync(settings.RecoveryLimit, cancellation);
                return;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                Stopped += "; then the task was cancelled";
            }
        }

        Recovery = await generator.RecoverAsync(RecoveryLimitOfCancelled, CancellationToken.None);
    }

    /// <summary>The next step must not inherit what this one left behind.</summary>
    private async Task SettleAsync(LoadStep step, TimeSpan? asked, CancellationToken cancellation)
    {
        try
        {
            if (asked is { } wait) await generator.WaitAsync(wait < LongestWait ? wait : LongestWait, cancellation);
            if (await generator.RecoverAsync(settings.RecoveryLimit, cancellation) is null)
                Stopped = Say($"the service did not recover within {settings.RecoveryLimit.TotalSeconds:0.#} s after {step.Rps:0.##} calls/s");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was found so far is still told.
            Stopped = "the task was cancelled";
        }
    }

    private string? Harm(LoadWindow window)
    {
        if (settings.StopWhen.IsTrue(window)) return $"StopWhen: {window.LastSeen ?? settings.StopWhen.Text}";
        if (settings.MostTime is { } time && generator.Elapsed > time) return Say($"the time of {time} is used up");
        if (_callsBefore + window.Started >= settings.MostCalls) return Say($"the {settings.MostCalls} calls are used up");
        return null;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
