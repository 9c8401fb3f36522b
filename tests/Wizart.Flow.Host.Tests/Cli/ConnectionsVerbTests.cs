using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class ConnectionsVerbTests
{
    [Fact]
    public async Task A_connection_is_stored_tried_changed_and_removed()
    {
        using var bench = new Bench { Input = "very-secret\n" };
        await using var server = await ApiServer.StartAsync();
        var set = await bench.FlowOf(server, "connections", "set", "shop", "--type", "shop", "url=http://shop", "--secret", "token", "--description", "The shop");
        Assert.Equal((ExitCodes.Fine, "Connection shop (shop) is stored. Try it: flow connections test shop"), (set.Code, set.Out.Trim()));
        var list = await bench.FlowOf(server, "connections", "list");
        Assert.Contains("token=***, url=http://shop", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", list.Out, StringComparison.Ordinal);
        Assert.Equal("It answers http://shop.", (await bench.FlowOf(server, "connections", "test", "shop")).Out.Trim());

        Assert.Equal(ExitCodes.Fine, (await bench.FlowOf(server, "connections", "set", "shop", "mode=slow")).Code);
        var test = await bench.FlowOf(server, "connections", "test", "shop");
        Assert.Equal((ExitCodes.Failed, "error: http://shop does not know '***'."), (test.Code, test.Error.Trim()));
        var json = (await bench.FlowOf(server, "connections", "list", "-o", "json")).Json[0];
        Assert.Equal(("The shop", "slow"), (json.GetProperty("description").GetString(), json.GetProperty("values").GetProperty("mode").GetString()));
        Assert.Equal("Connection shop is removed.", (await bench.FlowOf(server, "connections", "remove", "shop")).Out.Trim());
        Assert.Equal(ExitCodes.Failed, (await bench.FlowOf(server, "connections", "test", "shop")).Code);
    }

    [Fact]
    public async Task What_makes_no_sense_is_told()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync();
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "connections", "set", "shop", "--type", "shop", "url")).Code);
        Assert.Contains("pipe it in", (await bench.FlowOf(server, "connections", "set", "shop", "--type", "shop", "--secret", "token")).Error, StringComparison.Ordinal);
        var wrong = await bench.FlowOf(server, "connections", "set", "shop", "--type", "shop", "retries=few");
        Assert.Equal(ExitCodes.Usage, wrong.Code);
        Assert.Contains("retries is no whole number.", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("url must be given", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_listed()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "a"));
        await server.PublishAsync(Models.Chain("x", "a", "b"));
        var lines = (await bench.FlowOf(server, "versions", "x")).Out.Trim().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("in force", lines[1].TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(2, (await bench.FlowOf(server, "versions", "x", "-o", "json")).Json[0].GetProperty("number").GetInt32());
        Assert.Contains("x.csx", (await bench.FlowOf(server, "diff", "x", "1")).Out, StringComparison.Ordinal);
    }
}
