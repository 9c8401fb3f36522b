using Cronos;
using static Wizart.Flow.Engine.Tests.Timetables.Schedules;

namespace Wizart.Flow.Engine.Tests.Timetables;

/// <summary>What cron does where clocks are changed.</summary>
public sealed class ClockChangeTests
{
    // The first cases are those that Cronos publishes in its README (Daylight Saving Time), in zones of today.
    [Theory]
    [InlineData("30 2 * * *", "America/New_York", "2026-03-07T08:00Z", "2026-03-08 03:00-04:00 | 2026-03-09 02:30-04:00")]
    [InlineData("30 1 * * *", "America/New_York", "2026-11-01T04:00Z", "2026-11-01 01:30-04:00 | 2026-11-02 01:30-05:00")]
    [InlineData(
        "*/30 * * * *", "America/New_York", "2026-11-01T04:29Z",
        "2026-11-01 00:30-04:00 | 2026-11-01 01:00-04:00 | 2026-11-01 01:30-04:00 | 2026-11-01 01:00-05:00 | 2026-11-01 01:30-05:00 | 2026-11-01 02:00-05:00")]
    [InlineData("0 * * * *", "Europe/Berlin", "2026-03-29T00:00Z", "2026-03-29 03:00+02:00 | 2026-03-29 04:00+02:00")]
    [InlineData("0 * * * *", "Europe/Berlin", "2026-10-24T23:30Z", "2026-10-25 02:00+02:00 | 2026-10-25 02:00+01:00 | 2026-10-25 03:00+01:00")]
    [InlineData("5 * * * *", "Europe/Berlin", "2026-03-29T00:05Z", "2026-03-29 03:00+02:00 | 2026-03-29 03:05+02:00")]
    [InlineData("0,30 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29 03:00+02:00 | 2026-03-30 02:00+02:00")]
    [InlineData("0 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29 03:00+02:00 | 2026-03-30 02:00+02:00")]
    [InlineData("0 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", "2026-10-25 02:00+02:00 | 2026-10-26 02:00+01:00")]
    [InlineData("@daily", "Europe/London", "2026-03-28T01:00Z", "2026-03-29 00:00+00:00 | 2026-03-30 00:00+01:00")]
    // Lord Howe's clocks change by half an hour: 02:00 becomes 02:30 in October, and 01:30 in April.
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00Z", "2026-10-04 02:30+11:00 | 2026-10-05 02:15+11:00")]
    [InlineData("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T12:00Z", "2026-04-05 01:45+11:00 | 2026-04-06 01:45+10:30")]
    [InlineData(
        "*/15 * * * *", "Australia/Lord_Howe", "2026-04-04T14:29Z",
        "2026-04-05 01:30+11:00 | 2026-04-05 01:45+11:00 | 2026-04-05 01:30+10:30 | 2026-04-05 01:45+10:30 | 2026-04-05 02:00+10:30")]
    // Clocks that leap at midnight: the day begins at 01:00.
    [InlineData("@daily", "Asia/Beirut", "2026-03-28T12:00Z", "2026-03-29 01:00+03:00 | 2026-03-30 00:00+03:00")]
    [InlineData("@daily", "America/Santiago", "2026-09-05T12:00Z", "2026-09-06 01:00-03:00 | 2026-09-07 00:00-03:00")]
    // Changes of the standard offset: an hour lost or won for good, and a whole day.
    [InlineData("30 23 * * *", "Asia/Almaty", "2024-02-29T12:00Z", "2024-02-29 23:30+06:00 | 2024-03-01 23:30+05:00")]
    [InlineData(
        "*/30 * * * *", "Asia/Almaty", "2024-02-29T17:01Z",
        "2024-02-29 23:30+06:00 | 2024-02-29 23:00+05:00 | 2024-02-29 23:30+05:00 | 2024-03-01 00:00+05:00")]
    [InlineData("0 12 * * *", "Pacific/Apia", "2011-12-29T12:00Z", "2011-12-29 12:00-10:00 | 2011-12-31 00:00+14:00 | 2011-12-31 12:00+14:00")]
    [InlineData("0 1 * * *", "Europe/Minsk", "2011-03-26T12:00Z", "2011-03-27 01:00+02:00 | 2011-03-28 01:00+03:00")]
    public void Cron_fires(string cron, string zone, string after, string expected) =>
        Assert.Equal(expected.Split(" | "), Fires(cron, zone, after, expected.Split(" | ").Length));

    /// <summary>Where Cronos' own zone arithmetic is sound (saving time by rule), we fire when it does.</summary>
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Europe/Berlin")]
    [InlineData("Europe/London")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Australia/Sydney")]
    [InlineData("America/St_Johns")]
    [InlineData("America/Santiago")]
    [InlineData("Asia/Beirut")]
    [InlineData("Asia/Kolkata")]
    [InlineData("UTC")]
    public void Cron_fires_when_Cronos_does(string zoneId)
    {
        string[] crons = ["30 2 * * *", "0 0 * * *", "*/10 * * * *", "5 * * * *", "0 1,2,3 * * *", "45 0-4 * * *", "*/20 * * * * *", "15 1 L * *"];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        foreach (var change in Changes(zone, T("2023-01-01"), T("2028-01-01")).Append(T("2026-06-01")))
        {
            foreach (var cron in crons)
            {
                var from = change.AddHours(-5);
                var cronos = CronExpression.Parse(cron, cron.Count(c => c == ' ') == 5 ? CronFormat.IncludeSeconds : CronFormat.Standard);
                var expected = cronos.GetOccurrences(from, change.AddHours(30), zone, fromInclusive: false, toInclusive: true);
                var actual = Of(Cron(cron, zoneId) with { AtStart = true }).Between(from, change.AddHours(30));
                Assert.Equal(expected.Select(t => (t, t.Offset)), actual.Select(s => (s.RunAfter, s.RunAfter.Offset)));
            }
        }
    }

    /// <summary>No zone's history makes a timetable go back in time, or makes looking back differ from looking forward.</summary>
    [Fact]
    public void Every_change_of_every_zone_is_passed_both_ways()
    {
        var timetables = new Dictionary<string, Func<string, Engine.Timetables.Timetable>>
        {
            ["*/20 * * * *"] = zone => Of(Cron("*/20 * * * *", zone) with { AtStart = true }, since: "1990-01-01"),
            ["30 2 * * *"] = zone => Of(Cron("30 2 * * *", zone) with { AtStart = true }, since: "1990-01-01"),
        };
        // Many zones change alike; one of them stands for all.
        var seen = new HashSet<(DateTimeOffset, TimeSpan, TimeSpan)>();
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            foreach (var change in Changes(zone, T("2005-01-01"), T("2027-01-01")))
            {
                if (!seen.Add((change, zone.GetUtcOffset(change.AddDays(-1)), zone.GetUtcOffset(change)))) continue;
                foreach (var (cron, make) in timetables)
                {
                    var timetable = make(zone.Id);
                    var last = change.AddDays(-1.5);
                    foreach (var slot in Walk(timetable, last).TakeWhile(s => s.RunAfter < change.AddDays(1.5)))
                    {
                        Assert.True(slot.RunAfter > last, $"{zone.Id} {cron} {last:O}");
                        Assert.Equal(slot, timetable.LatestAt(slot.RunAfter.AddSeconds(1)));
                        if (last > change.AddDays(-1.5)) Assert.Equal(last, timetable.LatestAt(slot.RunAfter.AddTicks(-1))!.Value.RunAfter);
                        last = slot.RunAfter;
                    }
                }
            }
        }
    }

    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var before = zone.GetUtcOffset(from);
        for (var time = from; time < to; time = time.AddHours(12))
        {
            if (zone.GetUtcOffset(time) == before) continue;
            before = zone.GetUtcOffset(time);
            yield return time;
        }
    }
}
