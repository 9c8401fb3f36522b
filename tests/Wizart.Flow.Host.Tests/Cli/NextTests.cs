using Wizart.Flow.Host.Cli;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class NextTests
{
    [Fact]
    public async Task The_next_runs_are_json_with_offsets_unless_a_person_looks()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow("next", "sums", "--count", "2", "--after", "2026-11-01T06:00:00+03:00");
        Assert.True(outcome.Code == ExitCodes.Fine, outcome.ToString());
        Assert.Equal(
            [
                ("2026-11-01T06:00:00+03:00", "2026-11-01T06:00:00+03:00", "2026-11-02T06:00:00+03:00", "2026-11-02T06:00:00+03:00"),
                ("2026-11-02T06:00:00+03:00", "2026-11-02T06:00:00+03:00", "2026-11-03T06:00:00+03:00", "2026-11-03T06:00:00+03:00"),
            ],
            outcome.Json.EnumerateArray().Select(s => (
                s.GetProperty("logicalDate").GetString(), s.GetProperty("intervalStart").GetString(),
                s.GetProperty("intervalEnd").GetString(), s.GetProperty("runAfter").GetString())));
        Assert.Equal(["logicalDate", "intervalStart", "intervalEnd", "runAfter"], outcome.Json[0].EnumerateObject().Select(p => p.Name));

        bench.IsInteractive = true;
        Assert.Contains("2026-11-02 06:00 +03:00", (await bench.Flow("next", "sums", "--count", "1", "--after", "2026-11-01T06:00")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dag_that_nothing_starts_has_no_next_run()
    {
        using var bench = new Bench();
        bench.Write("pipelines/fails.csx", Scripts.Fails);
        var outcome = await bench.Flow("next", "fails");
        Assert.Equal((ExitCodes.Fine, "[]"), (outcome.Code, outcome.Out.Trim()));
    }

    [Fact]
    public async Task A_dag_that_is_not_there_fails_and_a_near_one_is_named()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow("next", "sum");
        Assert.Equal((ExitCodes.Failed, ""), (outcome.Code, outcome.Out));
        Assert.Contains("Did you mean 'sums'?", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_is_none_is_wrong_usage()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow("next", "sums", "--after", "soon");
        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains("'soon' for --after is not a date", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_and_a_chart_show_the_tasks()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var tree = (await bench.Flow("show", "sums")).Out;
        Assert.Contains("Daily at 06:00, Europe/Minsk", tree, StringComparison.Ordinal);
        Assert.Contains("└── sum: int", tree, StringComparison.Ordinal);
        Assert.Contains("only if s => s < 10", tree, StringComparison.Ordinal);
        Assert.Equal(
            """
            flowchart LR
                t0["numbers"]
                t1["sum"]
                t0 --> t1
                t2["small"]
                t1 --> t2
                t3["tell"]
                t1 -.-> t3
            """,
            (await bench.Flow("show", "sums", "--mermaid")).Out.Trim());
        Assert.Equal("sums", (await bench.Flow("show", "sums", "-o", "json")).Json.GetProperty("id").GetString());
    }
}
