using System.Globalization;

namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>Makes the result of a search that is over, or was stopped.</summary>
internal static class CapacityResults
{
    public static CapacityResult Of(
        CapacityRun run, CapacitySettings settings, IReadOnlyList<LoadSecond> seconds, DateTimeOffset startedAt, TimeSpan took)
    {
        var search = run.Search;
        var passed = run.Steps.Where(s => s.Verdict == LoadVerdict.Passed).ToArray();
        return new CapacityResult
        {
            Outcome = OutcomeOf(run, settings),
            MaxRps = search.Held,
            FirstFailingRps = search.FirstFailing,
            Confirmed = search.Confirmed,
            BindingLimit = LimitOf(run, settings),
            AtMax = passed.LastOrDefault(s => s.Rps == search.Held) ?? run.Steps.MinBy(s => s.Rps)
                ?? throw new Fail($"The load test was stopped before its first step: {run.Stopped}"),
            At80 = Nearest(0.8),
            At50 = Nearest(0.5),
            Steps = [.. run.Steps.GroupBy(step => step.Rps).Select(held => held.Last()).OrderBy(step => step.Rps)],
            Holds = run.Steps,
            Seconds = seconds,
            Problems = run.Problems,
            Stopped = run.Stopped,
            Recovery = run.Recovery,
            PassWhile = settings.PassWhile.Text,
            StopWhen = settings.StopWhen.Text,
            StartedAt = startedAt,
            Took = took,
            Environment = LoadEnvironment.Here(),
        };

        LoadStep? Nearest(double share) => passed.MinBy(s => Math.Abs(s.Rps - (search.Held * share)));
    }

    private static CapacityOutcome OutcomeOf(CapacityRun run, CapacitySettings settings)
    {
        if (run.Stopped is not null) return CapacityOutcome.Stopped;
        if (run.Search.Inconclusive) return CapacityOutcome.Inconclusive;
        if (run.Search.Held == 0) return CapacityOutcome.NothingHeld;
        return run.Search.Held >= settings.UpTo ? CapacityOutcome.HeldUpTo : CapacityOutcome.Found;
    }

    private static string LimitOf(CapacityRun run, CapacitySettings settings)
    {
        if (run.Stopped is { } stopped) return $"stopped: {stopped}";
        if (run.Search.Inconclusive) return $"inconclusive: {run.Steps[^1].Reason}";
        if (run.Search.FirstFailing is not { } failing)
            return string.Create(CultureInfo.InvariantCulture, $"upTo {settings.UpTo:0.##}/s: the service's own limit is higher");
        var step = run.Steps.Last(s => s.Verdict == LoadVerdict.Failed && s.Rps == failing);
        return string.Create(CultureInfo.InvariantCulture, $"{step.Reason} at {failing:0.##}/s");
    }
}
