using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class ReworkVerbTests
{
    [Fact]
    public async Task A_run_is_cleared_marked_and_noted_upon()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        server.Bodies.Set("extract", Outcomes.Fails("No route."));
        var trigger = await bench.FlowOf(server, "trigger", "orders", "--wait");
        Assert.Equal(ExitCodes.Failed, trigger.Code);

        var dry = await bench.FlowOf(server, "clear", "orders", "latest", "extract", "--dry-run");
        Assert.True(dry.Code == ExitCodes.Fine, dry.ToString());
        Assert.Contains("extract  failed: begins anew", dry.Out, StringComparison.Ordinal);
        Assert.Contains("would be cleared.", dry.Out, StringComparison.Ordinal);

        var marked = await bench.FlowOf(server, "mark", "orders", "latest", "--as", "success", "--note", "by hand");
        Assert.True(marked.Code == ExitCodes.Fine, marked.ToString());
        Assert.Contains("marked success", marked.Out, StringComparison.Ordinal);
        var again = await bench.FlowOf(server, "mark", "orders", "latest", "--as", "success");
        Assert.Equal(ExitCodes.Failed, again.Code);
        Assert.Contains("Nothing is selected", again.Error, StringComparison.Ordinal);

        Assert.Contains("kept", (await bench.FlowOf(server, "note", "orders", "latest", "the supplier was late")).Out, StringComparison.Ordinal);
        Assert.Contains("the supplier was late", (await bench.FlowOf(server, "note", "orders", "latest")).Out, StringComparison.Ordinal);
        var json = (await bench.FlowOf(server, "clear", "orders", "latest", "-o", "json")).Json;
        Assert.False(json.GetProperty("dryRun").GetBoolean());
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "clear", "orders", "all")).Code);
    }
}
