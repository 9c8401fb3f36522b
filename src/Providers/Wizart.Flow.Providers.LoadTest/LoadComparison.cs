namespace Wizart.Flow.Providers.LoadTest;

/// <summary>A result beside an earlier one.</summary>
public enum LoadTrend
{
    /// <summary>It holds a higher rate than before.</summary>
    Better,

    /// <summary>The difference is within the tolerance.</summary>
    Same,

    /// <summary>It holds a lower rate than before.</summary>
    Worse,

    /// <summary>There is no earlier result, or one of the two is no whole one, so that nothing can be said.</summary>
    Unknown,
}

/// <summary>How a result differs from an earlier one.</summary>
/// <param name="Trend">Better, the same, or worse.</param>
/// <param name="Change">The change of the rate as a share of the earlier one: -0.12 is 12 % less. Null when the earlier was 0.</param>
public sealed record LoadComparison(LoadTrend Trend, double? Change)
{
    internal static LoadComparison Of(CapacityResult now, double? earlier, double tolerance)
    {
        double? change = earlier > 0 ? (now.MaxRps - earlier) / earlier : null;
        if (!IsWhole(now) || earlier is null) return new LoadComparison(LoadTrend.Unknown, change);
        if (change is null) return new LoadComparison(now.MaxRps > 0 ? LoadTrend.Better : LoadTrend.Same, null);
        return new LoadComparison(change > tolerance ? LoadTrend.Better : change < -tolerance ? LoadTrend.Worse : LoadTrend.Same, change);
    }

    internal static bool IsWhole(CapacityResult result) =>
        result.Outcome is CapacityOutcome.Found or CapacityOutcome.HeldUpTo or CapacityOutcome.NothingHeld;
}
