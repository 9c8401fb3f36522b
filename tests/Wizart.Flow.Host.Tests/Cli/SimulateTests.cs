using Wizart.Flow.Host.Cli;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class SimulateTests
{
    private static readonly string[] Days = ["--from", "2026-11-01", "--to", "2026-11-08"];

    [Fact]
    public async Task Runs_are_listed_with_when_and_why()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        bench.Write("pipelines/fails.csx", Scripts.Fails);
        var outcome = await bench.Flow(
            ["simulate", .. Days, "--downtime", "2026-11-03..2026-11-04T12:00", "--pause", "sums@2026-11-06..2026-11-06T12:00", "-o", "json"]);
        Assert.True(outcome.Code == ExitCodes.Fine, outcome.ToString());
        Assert.Equal(
            [
                ("2026-11-01T06:00:00+03:00", "schedule"), ("2026-11-02T06:00:00+03:00", "schedule"), ("2026-11-04T15:00:00+03:00", "downtime"),
                ("2026-11-05T06:00:00+03:00", "schedule"), ("2026-11-06T15:00:00+03:00", "unpause"), ("2026-11-07T06:00:00+03:00", "schedule"),
            ],
            outcome.Json.EnumerateArray().Select(r => (r.GetProperty("createdAt").GetString(), r.GetProperty("why").GetString())));
        Assert.Equal(
            ["dagId", "kind", "logicalDate", "intervalStart", "intervalEnd", "createdAt", "startedAt", "why"],
            outcome.Json[0].EnumerateObject().Select(p => p.Name));

        var table = await bench.Flow(["simulate", "sums", .. Days, "--downtime", "2026-11-03..2026-11-04T12:00"]);
        Assert.Contains("2026-11-04 15:00 +03:00", table.Out, StringComparison.Ordinal);
        Assert.Contains("catchup after downtime", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_broken_is_told_and_left_out()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        bench.Write("pipelines/broken.csx", "var dag = Dag(;");
        var outcome = await bench.Flow(["simulate", .. Days, "-o", "json"]);
        Assert.Equal((ExitCodes.Fine, 7), (outcome.Code, outcome.Json.GetArrayLength()));
        Assert.Contains("1 script with errors left out", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'sum' for --downtime is not X..Y", "--downtime", "sum")]
    [InlineData("'sums@1' for --pause is not DAG@X..Y", "--pause", "sums@1")]
    [InlineData("'2026-11-03..2026-11-04' for --pause is not DAG@X..Y", "--pause", "2026-11-03..2026-11-04")]
    [InlineData("'soon' for --downtime is not a time", "--downtime", "soon..2026-11-04")]
    [InlineData("The downtime is turned round", "--downtime", "2026-11-05..2026-11-04")]
    [InlineData("DAG 'sum' is not simulated, so it can't be paused. Did you mean 'sums'?", "--pause", "sum@2026-11-03..2026-11-04")]
    public async Task What_makes_no_sense_is_wrong_usage(string says, params string[] arguments)
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow(["simulate", "sums", .. Days, .. arguments]);
        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
    }
}
