namespace Wizart.Flow.Engine.Maintenance;

/// <summary>Where a duty stands: the clock's pulse as seen from outside.</summary>
/// <param name="Name">The duty.</param>
/// <param name="Due">When its next round is due, or the one that runs was.</param>
/// <param name="BegunAt">Since when a round runs; null when none does.</param>
/// <param name="EndedAt">When the last round ended; null before the first did.</param>
public sealed record DutyRound(string Name, DateTimeOffset Due, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt)
{
    /// <summary>How long something has been overdue: a round that was to begin, or one that does not end. Zero when nothing is.</summary>
    public TimeSpan Overdue(DateTimeOffset now)
    {
        var overdue = now - (BegunAt ?? Due);
        return overdue > TimeSpan.Zero ? overdue : TimeSpan.Zero;
    }
}
