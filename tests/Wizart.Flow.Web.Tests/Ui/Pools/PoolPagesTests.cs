using System.Net;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Pools;

public sealed class PoolPagesTests
{
    [Fact]
    public async Task A_pool_shows_what_is_taken_of_it_by_whom_and_who_waits()
    {
        await using var server = await ApiServer.StartAsync(InPool("etl"));
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Bodies.Set("only", async _ =>
        {
            begun.TrySetResult();
            await end.Task;
            return (AttemptOutcome)Outcomes.Gives("1");
        });
        var run = await server.Trigger("etl");
        await begun.Task;
        await server.Trigger("etl");

        var page = await server.Html("pools");
        page.Says("gpu", ">1</b> of", ">1</b> in use", ">1</b> waiting", $"run {run}");
        Assert.Contains($"href=\"runs/{run}/tasks/only\"", page, StringComparison.Ordinal);
        (await server.Html("pools?text=etl")).Says("gpu");
        (await server.Html("pools?text=other")).Says("No pool fits.");
        end.SetResult();
    }

    [Fact]
    public async Task Slots_are_changed_and_reset()
    {
        await using var server = await ApiServer.StartAsync(InPool("etl"));
        (await server.Html("pools/gpu")).Says("value=\"1\"", "The scripts say 1.");
        (await server.Form("pools/gpu", ("slots", "5"))).LeadsTo("pools");
        (await server.Html("pools")).Says(">5</b> in use", "set by hand", "Reset to 1");
        (await server.Form("pools/gpu/reset")).LeadsTo("pools");
        (await server.Html("pools")).SaysNot("set by hand");
    }

    [Theory]
    [InlineData("0", "from 1 to 1000000 make sense")]
    [InlineData("-1", "from 1 to 1000000 make sense")]
    [InlineData("many", "must be a whole number")]
    [InlineData("", "must be a whole number")]
    [InlineData("99999999999", "must be a whole number")]
    public async Task A_number_that_makes_no_sense_comes_back_with_its_mistake(string slots, string why)
    {
        await using var server = await ApiServer.StartAsync(InPool("etl"));
        var answer = await server.Form("pools/gpu", ("slots", slots));
        Assert.Equal((HttpStatusCode)422, answer.Status);
        answer.Text.Says(why, $"value=\"{slots}\"");
        (await server.Form("pools/gp", ("slots", "1"))).IsMissing("Did you mean 'gpu'?");
    }

    private static DagModel InPool(string id)
    {
        var model = Models.Chain(id, "only");
        return model with { Pools = [new PoolModel("gpu", 1)], Tasks = [model.Tasks[0] with { Pool = "gpu" }] };
    }
}
