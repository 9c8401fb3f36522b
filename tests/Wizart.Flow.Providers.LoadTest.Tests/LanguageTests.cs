using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.LoadTest.Tests;

public class LanguageTests
{
    [Fact]
    public void A_search_reads_as_in_the_sample()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes().AddHttp());
        var api = Connection<HttpApi>("catalogue-api");
        var startRps = Param("start_rps", 20).Between(1, 10_000);
        var maxRps = Param("max_rps", 500).Between(1, 100_000);
        var hold = Param("hold", 20.Seconds());
        var p95Limit = Variable("p95_limit", 300.Milliseconds());
        var dag = Dag("load_test_report");

        Output<CapacityResult> capacity = dag.Task("find_capacity")
            .From(api, startRps, maxRps, hold, p95Limit, dag.Context)
            .Queue("load-generators")
            .Timeout(30.Minutes())
            .Run((api, start, max, hold, p95, run) => LoadTest
                .Scenario("search", () => api.Get("/search?q=chair"))
                .And("product", () => api.Get("/products/42"), weight: 3)
                .FindCapacity(from: start, upTo: max, hold: hold)
                .PassWhile(w => w.ErrorRate < 0.01 && w.P95 < p95)
                .StopWhen(w => w.ErrorRate > 0.5 || w.Timeouts > 20)
                .Run(run));
        Output<IReadOnlyList<LoadStep>> steps = dag.Task("steps").From(capacity).Run(result => result.Steps);
        dag.Task("tell").From(capacity).Run(result => $"{result.MaxRps:N0} {result.BindingLimit} {result.AtMax.P95.TotalMilliseconds:N0}");

        Assert.Equal(3, script.TaskCount);
        Assert.Empty(script.Describe().Diagnostics);
    }
}
