using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>The runs that a DAG's schedule will ask for.</summary>
public static class UpcomingSlots
{
    /// <summary>
    /// Those whose <see cref="DueSlot.RunAfter"/> is later than a time, in order, found as they are asked for; none without a
    /// time schedule. A DAG that runs continuously has one: when the next begins depends on how long that lasts.
    /// </summary>
    /// <param name="model">A DAG that <see cref="ScheduleRules"/> has nothing against.</param>
    /// <param name="activeSince">Since when its schedule counts.</param>
    /// <param name="after">The time.</param>
    public static IEnumerable<DueSlot> After(DagModel model, DateTimeOffset activeSince, DateTimeOffset after)
    {
        if (Timetable.For(model, activeSince) is not { } timetable || after >= Instants.End) return [];
        after = Instants.Within(after);
        return timetable is ContinuousTimetable
            ? timetable.NextAfter(after.AddTicks(1)) is { } next ? [next] : []
            : timetable.Between(after, DateTimeOffset.MaxValue);
    }
}
