using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Testing.Tests;

public sealed class TrendTests
{
    private const string Compare = """
        var dag = Dag("compare").Schedule(Daily.At("06:00"));
        dag.Task("measure")
            .From(dag.Context, Trend("p95", last: 2), Trend("p95", last: 5, ("kind", "b")), Trend("p95").Of("other"))
            .Run((run, all, b, other) =>
            {
                run.Metric("p95", 120);
                run.Metric("p95", 240, ("kind", "b"));
                return new[] { all.Last, all.Count, all.Change(120), b.Last, b.Count, other.Last };
            });
        """;

    [Fact]
    public async Task The_world_gives_what_earlier_runs_told_and_the_result_what_this_one_did()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(Compare);
        Assert.Empty(scripts.Diagnostics);
        var result = await scripts.RunAsync("compare", "2026-11-05", with: world => world
            .Metric("p95", "2026-11-01", 90).Metric("p95", "2026-11-03", 100, ("kind", "b")).Metric("p95", "2026-11-02", 80)
            .Metric("p95", "2026-11-04T06:00:00Z", 999) // the run's own date
            .Metric("p95", "2026-11-06", 999).Metric("other", "2026-11-01", 999)
            .MetricOf("other", "p95", "2026-11-01", 7));

        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal([100, 2, 20, 100, 1, 7], result.Output<double?[]>("measure"));
        Assert.Equal([120.0, 240], result.Metrics["p95"].Select(p => p.Value));
        Assert.Equal("b", result.Metrics["p95"][1].Tags["kind"]);
    }

    [Fact]
    public async Task Without_a_world_a_trend_is_empty()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(Compare);
        var result = await scripts.RunAsync("compare");
        Assert.Equal([null, 0, null, null, 0, null], result.Output<double?[]>("measure"));
        Assert.Throws<ArgumentException>(() => new FlowTestWorld().Metric("p95", "yesterday", 1));
        Assert.Throws<ArgumentException>(() => new FlowTestWorld().Metric("p 95", "2026-11-01", 1));
    }
}
