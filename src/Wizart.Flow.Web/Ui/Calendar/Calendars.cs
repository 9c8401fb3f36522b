using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Web.Ui.Dag;

namespace Wizart.Flow.Web.Ui.Calendar;

/// <summary>Makes calendars of DAGs.</summary>
internal sealed class Calendars(IFlowQueries queries, DagHeads heads, TimeProvider time)
{
    private const int MostSlots = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<CalendarModel> LoadAsync(string dagId, int months, CancellationToken cancellation)
    {
        var head = await heads.FindAsync(dagId, cancellation);
        var zone = head.Dag.Version.Model.Zone;
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - months);
        var end = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
        var runs = (await queries.DatedRunsAsync(dagId, Instant(first, zone), Instant(end, zone), cancellation)).ToLookup(r => DayOf(r.LogicalDate, zone));
        var slots = Slots(head.Dag, Instant(first, zone), Instant(end, zone)).ToLookup(s => DayOf(s.LogicalDate, zone));
        var list = new List<CalendarMonth>();
        for (var month = first; month < end; month = month.AddMonths(1))
        {
            var days = Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Select(i => month.AddDays(i));
            list.Add(new CalendarMonth(month, [.. days.Select(d => Day(d, [.. runs[d]], [.. slots[d]], now))]));
        }

        list.Reverse();
        return new CalendarModel(head, list, months);
    }

    private static CalendarDay Day(DateOnly date, DatedRun[] runs, DueSlot[] slots, DateTimeOffset now)
    {
        var known = runs.Select(r => r.LogicalDate).ToHashSet();
        var missed = slots.Where(s => s.RunAfter < now - Patience && !known.Contains(s.LogicalDate)).Select(s => s.LogicalDate).ToArray();
        return new CalendarDay(
            date, runs.Length == 0 ? null : runs.Select(r => r.State).MinBy(Rank), runs.Length, runs.Count(r => r.State == RunState.Failed),
            runs.Length == 1 ? runs[0].RunId : null, missed.Length, missed.Length > 0 ? missed[0] : null, slots.Any(s => s.RunAfter >= now));
    }

    private static IEnumerable<DueSlot> Slots(StoredDag dag, DateTimeOffset from, DateTimeOffset to)
    {
        var since = dag.Version.Model.StartingOn ?? dag.ActiveSince;
        var start = since > from ? since : from;
        return dag.Version.Model.TimeSchedule is null
            ? []
            : UpcomingSlots.After(dag.Version.Model, start, start).Take(MostSlots).TakeWhile(s => s.LogicalDate < to).Where(s => s.LogicalDate >= from);
    }

    private static int Rank(RunState state) => state switch
    {
        RunState.Failed => 0,
        RunState.Running => 1,
        RunState.Queued => 2,
        RunState.Cancelled => 3,
        _ => 4,
    };

    private static DateOnly DayOf(DateTimeOffset time, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);

    // A midnight that the clock skips is the first time after it.
    private static DateTimeOffset Instant(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
