using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Backfills;

/// <summary>Which intervals a backfill gives a run.</summary>
public static class ReprocessRule
{
    /// <summary>Whether the interval gets a run.</summary>
    /// <param name="reprocess">What was asked for.</param>
    /// <param name="existing">What there is of it already; null for nothing.</param>
    public static bool Creates(this Reprocess reprocess, SlotRun? existing) => existing switch
    {
        null => true,
        { IsUnfinished: true } => false,
        { Newest: var state } => reprocess switch
        {
            Reprocess.None => false,
            Reprocess.Failed => state == RunState.Failed,
            _ => true,
        },
    };
}
