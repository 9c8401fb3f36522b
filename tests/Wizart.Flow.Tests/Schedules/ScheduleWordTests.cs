using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests.Schedules;

public sealed class ScheduleWordTests
{
    public static TheoryData<TimeSchedule, string, string> CronWords => new()
    {
        { Cron("0 6 * * *"), "0 6 * * *", "Cron 0 6 * * *" },
        { Cron("@daily"), "@daily", "Cron @daily" },
        { Hourly, "0 * * * *", "Hourly" },
        { Hourly.At(15), "15 * * * *", "Hourly at minute 15" },
        { Daily, "0 0 * * *", "Daily at 00:00" },
        { Daily.At("06:00"), "0 6 * * *", "Daily at 06:00" },
        { Daily.At("6:05"), "5 6 * * *", "Daily at 06:05" },
        { Daily.At("23:59:30"), "30 59 23 * * *", "Daily at 23:59:30" },
        { Weekly.On(Monday, Friday).At("05:00"), "0 5 * * 1,5", "Weekly on Monday and Friday at 05:00" },
        { Weekly.On(Sunday, Wednesday, Monday, Monday), "0 0 * * 1,3,0", "Weekly on Monday, Wednesday and Sunday at 00:00" },
        { Weekly.On(Tuesday, Thursday, Saturday), "0 0 * * 2,4,6", "Weekly on Tuesday, Thursday and Saturday at 00:00" },
        { Monthly.On(1).At("05:00"), "0 5 1 * *", "Monthly on day 1 at 05:00" },
        { Monthly.On(15, 1), "0 0 1,15 * *", "Monthly on days 1 and 15 at 00:00" },
        { Monthly.On(Last), "0 0 L * *", "Monthly on the last day at 00:00" },
        { Monthly.On(Last).At("23:00"), "0 23 L * *", "Monthly on the last day at 23:00" },
    };

    [Theory]
    [MemberData(nameof(CronWords))]
    public void Words_of_the_wall_clock_are_cron(TimeSchedule schedule, string cron, string text)
    {
        var model = Assert.IsType<CronScheduleModel>(schedule.Model);
        Assert.Equal((cron, text, "UTC"), (model.Expression, model.Text, model.Zone));
        Assert.Empty(Declared.Codes(() => Dag("a").Schedule(schedule).Task("x").Run(() => { })));
    }

    [Theory]
    [InlineData(900, "Every 15 minutes")]
    [InlineData(3_600, "Every hour")]
    [InlineData(5_400, "Every 1 hour 30 minutes")]
    [InlineData(1, "Every second")]
    [InlineData(172_800, "Every 2 days")]
    [InlineData(0, "Every 00:00:00")]
    public void Every_is_a_period(int seconds, string text)
    {
        var model = Assert.IsType<EveryScheduleModel>(Every(seconds.Seconds()).Model);
        Assert.Equal((seconds.Seconds(), text), (model.Period, model.Text));
    }

    [Fact]
    public void Once_and_continuously_say_what_they_are()
    {
        Assert.Equal("Once", Assert.IsType<OnceScheduleModel>(Once.Model).Text);
        Assert.Equal("Continuously", Assert.IsType<ContinuousScheduleModel>(Continuously.Model).Text);
    }

    [Fact]
    public void Dates_are_kept_as_written()
    {
        var model = Assert.IsType<DatesScheduleModel>(On("2026-12-24T18:00", "2026-03-01").Model);
        Assert.Equal(["2026-12-24T18:00", "2026-03-01"], model.Dates);
        Assert.Equal("On 2026-12-24T18:00 and 2026-03-01", model.Text);
        Assert.Equal("On 4 dates from 2026-01-01 on", On("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04").Model.Text);
    }

    [Fact]
    public void Any_time_schedule_is_varied_by_the_same_words()
    {
        var holidays = Calendar("2027-01-01", "2026-12-25", "2026-12-25");
        var model = (TimeScheduleModel)Daily.At("06:00").In("Europe/Minsk").Except(holidays).Jitter(30.Seconds()).AtStart().Model;
        Assert.Equal(("Europe/Minsk", true, (TimeSpan?)30.Seconds()), (model.Zone, model.AtStart, model.Jitter));
        Assert.Equal([new(2026, 12, 25), new(2027, 1, 1)], model.Except);
        Assert.Equal("Daily at 06:00, Europe/Minsk, at start, except 2 days, up to 30 seconds later", model.Text);
        Assert.Equal("Every hour, except 2 days", Every(1.Hours()).Except(holidays).Model.Text);
    }

    [Fact]
    public void A_word_gives_a_new_schedule_and_leaves_the_old_one_alone()
    {
        var daily = Daily.At("06:00");
        _ = daily.In("Europe/Minsk").AtStart();
        Assert.Equal("Daily at 06:00", daily.Model.Text);
    }

    [Fact]
    public void Calendars_add_up() => Assert.Equal(
        [new(2026, 5, 9), new(2026, 12, 25)],
        ((TimeScheduleModel)Daily.Except(Calendar("2026-12-25")).Except(Calendar("2026-05-09", "2026-12-25")).Model).Except);

    public static TheoryData<TimeSchedule, string, string> Mistakes => new()
    {
        { Daily.At("25:00"), FlowCodes.BadSchedule, "'25:00' is not a time of day" },
        { Daily.At("24:00"), FlowCodes.BadSchedule, "'24:00' is not a time of day" },
        { Daily.At("6 am"), FlowCodes.BadSchedule, "'6 am' is not a time of day" },
        { Daily.At(null!), FlowCodes.BadSchedule, "is not a time of day" },
        { Hourly.At(60), FlowCodes.BadSchedule, "Hourly.At(60)" },
        { Hourly.At(-1), FlowCodes.BadSchedule, "Hourly.At(-1)" },
        { Weekly.On(), FlowCodes.BadSchedule, "names no day" },
        { Weekly.On((DayOfWeek)7), FlowCodes.BadSchedule, "no day of the week" },
        { Weekly.On(Monday, (DayOfWeek)9).At("05:00"), FlowCodes.BadSchedule, "no day of the week" },
        { Monthly.On(), FlowCodes.BadSchedule, "names no day" },
        { Monthly.On(0), FlowCodes.BadSchedule, "Monthly.On(0)" },
        { Monthly.On(1, 32).At("05:00"), FlowCodes.BadSchedule, "Monthly.On(32)" },
        { On(), FlowCodes.BadSchedule, "lists no date" },
        { On("tomorrow", "2026-01-01"), FlowCodes.BadSchedule, "'tomorrow' in On(…) is not a date" },
        { Daily.Except(Calendar("25.12.2026")), FlowCodes.BadSchedule, "'25.12.2026' in a Calendar is not a date" },
        { Daily.Jitter(0.Seconds()), FlowCodes.BadSetting, "Jitter is 00:00:00" },
        { Daily.In("Europe/Minks"), FlowCodes.UnknownZone, "Did you mean \"Europe/Minsk\"?" },
        { Daily.In("minsk"), FlowCodes.UnknownZone, "Did you mean \"Europe/Minsk\"?" },
        { Daily.In("Europe/Kiev City"), FlowCodes.UnknownZone, "'Europe/Kiev City' is not a time zone" },
        { Daily.In("America/NewYork"), FlowCodes.UnknownZone, "Did you mean \"America/New_York\"?" },
        { Daily.In("Qwertyuiop"), FlowCodes.UnknownZone, "Write an IANA id" },
        { Daily.In(""), FlowCodes.UnknownZone, "Write an IANA id" },
        { Daily.In(null!), FlowCodes.UnknownZone, "Write an IANA id" },
        { Daily.In("../UTC"), FlowCodes.UnknownZone, "is not a time zone" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_reported_and_the_script_goes_on(TimeSchedule schedule, string code, string message)
    {
        var description = Declared.Script(() => Dag("a").Schedule(schedule).Task("x").Run(() => { }));
        var error = Assert.Single(description.Diagnostics);
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message);
        Assert.EndsWith("ScheduleWordTests.cs", error.Location!.File);
        Assert.True(error.Location.Line > 0);
        Assert.NotNull(description.Dags[0].Schedule);
    }

    [Fact]
    public void A_mistake_stands_at_the_line_of_its_word()
    {
        var description = Declared.Script(() =>
        {
            var dag = Dag("a");
            var schedule = Daily
                .At("29:00")
                .In("Nowhere");
            dag
                .Schedule(schedule.Except(Calendar("never")))
                .Task("x").Run(() => { });
        });
        var start = description.Dags[0].Location!.Line;
        Assert.Equal([2, 3, 5], description.Diagnostics.Select(d => d.Location!.Line - start));
    }

    [Fact]
    public void Bad_cron_is_left_to_those_who_know_cron()
    {
        Assert.Empty(Declared.Codes(() => Dag("a").Schedule(Cron("every day")).Task("x").Run(() => { })));
        Assert.Equal("", ((CronScheduleModel)Cron(null!).Model).Expression);
    }
}
