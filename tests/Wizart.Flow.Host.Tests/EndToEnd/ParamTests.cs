using System.Net;
using System.Net.Http.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>What is given for a run's params.</summary>
public sealed class ParamTests
{
    [Fact]
    public async Task Every_param_that_is_wrong_is_told_and_no_run_begins()
    {
        using var home = new DaemonHome();
        home.Write("order.csx", """
            var count = Param("count", 1).Between(1, 10);
            var colour = Param("colour", "red").OneOf("red", "green");
            var day = Param("day", new DateOnly(2026, 11, 1));
            Dag("order").Task("take").From(count, colour, day).Run((count, colour, day) => $"{count} {colour} {day:O}");
            """);
        await using var daemon = await DaemonProcess.StartAsync(home);

        using var refused = await daemon.Api.TryTriggerAsync("order", new { count = 11, colour = "blue", day = "soon", size = 4 });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        var problem = await refused.Content.ReadFromJsonAsync<ProblemResource>(ApiJson.Default.Options, TestContext.Current.CancellationToken);
        Assert.Equal(4, problem!.Errors.Count);
        foreach (var said in (string[])["count", "colour", "day", "size"])
            Assert.Contains(problem.Errors, e => e.Message.Contains($"'{said}'", StringComparison.Ordinal));

        using var wrongType = await daemon.Api.TryTriggerAsync("order", new { count = "many" });
        Assert.Equal(HttpStatusCode.BadRequest, wrongType.StatusCode);
        Assert.Empty(await daemon.Api.RunsAsync("order"));

        var run = await daemon.Api.RunToEndAsync("order", new { count = 10, colour = "green", day = "2026-12-24" });
        Assert.Equal(RunState.Success, run.State);
        Assert.Equal("10 green 2026-12-24", await daemon.Api.OutputAsync<string>(run.Id, "take"));
    }
}
