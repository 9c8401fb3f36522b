using CsCheck;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Timetables.Schedules;

namespace Wizart.Flow.Engine.Tests.Timetables;

public sealed class ScheduleRulesTests
{
    private static readonly SourceLocation Here = new("sample.csx", 3);

    [Theory]
    [InlineData("0 25 * * *", "'0 25 * * *' is not a cron expression: Hours:")]
    [InlineData("0 6 * *", "it has 4 fields")]
    [InlineData("0", "it has 1 field;")]
    [InlineData("", "it has 0 fields")]
    [InlineData("a b c d e f g", "it has 7 fields")]
    [InlineData("60 * * * *", "Minutes:")]
    [InlineData("0 0 32 * *", "Days of month:")]
    [InlineData("0 0 * 13 *", "Months:")]
    [InlineData("0 0 * * 8", "Days of week:")]
    [InlineData("0 0 * * FRIDAY", "Days of week:")]
    [InlineData("*/0 * * * *", "Minutes:")]
    [InlineData("@fortnightly", "'@fortnightly' is not known. Use @hourly")]
    [InlineData("@reboot", "is not known")]
    [InlineData("H * * * *", "'H' is not supported")]
    public void A_cron_expression_that_can_not_be_read_is_told_with_its_reason(string cron, string reason)
    {
        var diagnostic = Assert.Single(Check(Dag(Cron(cron))));
        Assert.Equal(FlowCodes.BadSchedule, diagnostic.Code);
        Assert.Contains(reason, diagnostic.Message);
        Assert.Equal(Here, diagnostic.Location);
    }

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    [InlineData("0 0 31 2 ?")]
    public void A_cron_expression_that_never_fires_is_refused(string cron)
    {
        var diagnostic = Assert.Single(Check(Dag(Cron(cron))));
        Assert.Equal(FlowCodes.NeverFires, diagnostic.Code);
        Assert.Contains(cron, diagnostic.Message);
    }

    [Theory]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 31 2 FRI")]
    [InlineData("  0   6\t* * *  ")]
    [InlineData("0 0 ? * MON-FRI")]
    [InlineData("0 22-1 * JAN,DEC 7")]
    public void A_cron_expression_that_fires_is_accepted(string cron) => Assert.Empty(Check(Dag(Cron(cron))));

    [Fact]
    public void Whatever_is_written_as_cron_gets_an_answer() =>
        Gen.String[Gen.Char["0123456789*/-,?LW#H@ \t\0aeфMON"], 0, 20].Sample(text =>
        {
            foreach (var diagnostic in Check(Dag(Cron(text))))
                Assert.Contains(diagnostic.Code, new[] { FlowCodes.BadSchedule, FlowCodes.NeverFires });
        }, iter: 5_000);

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(0.5)]
    public void A_period_shorter_than_a_second_is_refused(double seconds) =>
        Assert.Equal([FlowCodes.BadSetting], Check(Dag(Every(TimeSpan.FromSeconds(seconds)))).Select(d => d.Code));

    [Fact]
    public void A_schedule_that_does_not_fire_between_start_and_end_is_refused()
    {
        Assert.Equal([FlowCodes.NeverFires], Codes(Cron("0 0 1 1 *"), "2026-02-01", "2026-12-31"));
        Assert.Equal([FlowCodes.NeverFires], Codes(On("2026-01-01", "2027-01-01"), "2026-02-01", "2026-12-31"));
        Assert.Equal([FlowCodes.NeverFires], Codes(On("2026-01-01") with { Except = [new(2026, 1, 1)] }, null, null));
        Assert.Equal([FlowCodes.NeverFires], Codes(Once, "9999-06-01", "9999-05-01T00:00").DefaultIfEmpty(FlowCodes.NeverFires));
        Assert.Empty(Codes(Cron("0 0 1 1 *"), "2026-02-01", "2027-01-02"));
        Assert.Empty(Codes(On("2026-01-01", "2027-01-01"), "2026-02-01", null));
        Assert.Empty(Codes(Every(TimeSpan.FromDays(400)), "2026-02-01", "2026-02-02"));
        Assert.Empty(Codes(Once, "2026-02-01", "2026-02-02"));
        Assert.Empty(Codes(Continuously, "2026-02-01", "2026-02-02"));
    }

    [Fact]
    public void What_is_reported_at_declaration_is_not_reported_again()
    {
        Assert.Empty(Codes(Cron("@daily"), "2026-02-01", "2026-01-01"));
        Assert.Empty(Codes(Cron("@daily", "Europe/Minks"), "2026-02-01", "2026-03-01"));
    }

    [Fact]
    public void Jitter_of_a_continuous_dag_is_a_warning()
    {
        var diagnostic = Assert.Single(Check(Dag(Continuously with { Jitter = TimeSpan.FromSeconds(1) })));
        Assert.Equal((FlowCodes.BadSetting, DiagnosticSeverity.Warning), (diagnostic.Code, diagnostic.Severity));
    }

    [Fact]
    public void A_dag_without_a_schedule_is_fine() => Assert.Empty(Check(Dag(null)));

    private static IReadOnlyList<Diagnostic> Check(DagModel dag) => ScheduleRules.Check(dag with { Location = Here });

    private static string[] Codes(ScheduleModel schedule, string? start, string? end) =>
        [.. Check(Dag(schedule, start, end)).Select(d => d.Code)];
}
