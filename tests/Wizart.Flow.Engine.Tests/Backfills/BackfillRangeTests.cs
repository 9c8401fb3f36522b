using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Backfills.BackfillWorld;

namespace Wizart.Flow.Engine.Tests.Backfills;

public sealed class BackfillRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("*/7 * * * *", "Europe/Minsk")]
    [InlineData("*/30 * * * *", "America/New_York")]
    [InlineData("30 2 * * *", "Europe/Berlin")]
    [InlineData("15,45 1-3 * * SUN,TUE", "Australia/Lord_Howe")]
    [InlineData("0 9 L * *", "UTC")]
    [InlineData("0 9 28 2 *", "UTC")]
    public void What_is_counted_is_what_is_walked_either_way(string cron, string zone)
    {
        var model = Daily with { Schedule = new CronScheduleModel(cron) { Zone = zone, Text = cron, Except = [new DateOnly(2025, 12, 25)] } };
        foreach (var atStart in (bool[])[false, true])
        {
            foreach (var schedule in (TimeScheduleModel[])[(TimeScheduleModel)model.Schedule, (TimeScheduleModel)model.Schedule with { Except = [] }])
            {
                var range = BackfillRange.Of(model with { Schedule = schedule with { AtStart = atStart } }, Now.AddDays(-731).AddMinutes(-7), Now.AddHours(-5), Now)!;
                var dates = range.After(null, backwards: false).Select(s => s.LogicalDate).ToArray();
                Assert.Equal(dates.Length, range.Count(long.MaxValue));
                Assert.Equal(dates.Reverse(), range.After(null, backwards: true).Select(s => s.LogicalDate));
                Assert.Equal((dates[0], dates[^1]), range.LogicalDates);
                Assert.All(dates.Take(50), date => Assert.True(range.Has(date) && !range.Has(date.AddSeconds(1))));
            }
        }
    }

    [Fact]
    public void It_goes_on_after_a_position()
    {
        var range = BackfillRange.Of(Daily, Day(3), Day(6), Now)!;
        Assert.Equal([5, 6], range.After(Day(5), backwards: false).Select(s => s.LogicalDate.Day));
        Assert.Equal([4, 3], range.After(Day(6), backwards: true).Select(s => s.LogicalDate.Day)); // 5 ended on 6
        Assert.Empty(range.After(Day(7), backwards: false));
        Assert.Empty(range.After(Day(4), backwards: true));
    }

    [Fact]
    public void The_dags_own_start_and_end_play_no_part()
    {
        var model = Daily with { StartingOn = Day(5), EndingOn = Day(6) };
        Assert.Equal([3, 4, 5, 6, 7], BackfillRange.Of(model, Day(3), Day(7), Now)!.After(null, backwards: false).Select(s => s.LogicalDate.Day));
    }

    [Fact]
    public void Twenty_five_years_of_minutes_are_counted_by_days()
    {
        var minutes = Daily with { Schedule = new CronScheduleModel("* * * * *") { Zone = "Europe/Berlin", Text = "every minute" } };
        var range = BackfillRange.Of(minutes, Day(1).AddYears(-25), Day(1), Now)!;
        Assert.Equal(9131L * 1440 + 1, range.Count(long.MaxValue));
    }
}
