using Wizart.Flow.Host.Cli;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class PoolsVerbTests
{
    [Fact]
    public async Task Pools_are_listed_set_and_reset()
    {
        using var bench = new Bench();
        var model = Models.Chain("x", "only");
        model = model with { Pools = [new PoolModel("gpu", 2)], Tasks = [model.Tasks[0] with { Pool = "gpu" }] };
        await using var server = await ApiServer.StartAsync(model);

        Assert.Contains("gpu", (await bench.FlowOf(server, "pools")).Out, StringComparison.Ordinal);
        var set = await bench.FlowOf(server, "pools", "set", "gpu", "7");
        Assert.Equal((ExitCodes.Fine, "Pool gpu has 7 slots now; the scripts say 2."), (set.Code, set.Out.Trim()));
        var listed = await bench.FlowOf(server, "pools", "--output", "json");
        Assert.Equal(7, listed.Json[0].GetProperty("slots").GetInt32());
        Assert.Contains("set by hand; the scripts say 2", (await bench.FlowOf(server, "pools")).Out, StringComparison.Ordinal);
        Assert.Equal("Pool gpu has 2 slots again.", (await bench.FlowOf(server, "pools", "reset", "gpu")).Out.Trim());

        var zero = await bench.FlowOf(server, "pools", "set", "gpu", "0");
        Assert.Equal(ExitCodes.Usage, zero.Code);
        Assert.Contains("from 1 to", zero.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, (await bench.FlowOf(server, "pools", "set", "cpu", "1")).Code);
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "pools", "set", "gpu", "many")).Code);
    }

    [Theory]
    [InlineData("\"default, reports\"")]
    [InlineData("[\"default\", \"reports\"]")]
    public async Task Check_warns_of_queues_that_the_settings_here_do_not_name_and_of_pools_of_two_sizes(string queues)
    {
        using var bench = new Bench();
        bench.Write("appsettings.json", $$"""{ "Flow": { "Queues": {{queues}} } }""");
        bench.Write("pipelines/a.csx", """Dag("a").Task("t").Queue("gpu").Pool(Pool("api", 2)).Run(() => 1);""");
        bench.Write("pipelines/b.csx", """Dag("b").Task("t").Queue("reports").Pool(Pool("api", 3)).Run(() => 1);""");
        var check = await bench.Flow("check", "-o", "json");
        Assert.True(check.Code == ExitCodes.Fine, check.ToString());
        Assert.Equal(
            ["FLOW046", "FLOW046", "FLOW047"],
            check.Json.EnumerateArray().Select(d => d.GetProperty("code").GetString()).Order());
    }
}
