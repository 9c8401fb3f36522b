using System.Net;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

public sealed class PoolTests
{
    [Fact]
    public async Task Pools_tell_what_is_taken_and_who_waits()
    {
        await using var server = await ApiServer.StartAsync(InPool("x"));
        var (begun, end) = Hold(server);
        var first = await server.Trigger("x");
        await begun.Task;
        await server.Trigger("x");

        var pool = Assert.Single((await server.Get("pools")).Json.EnumerateArray());
        Assert.Equal(
            ("gpu", 1, 1, true, 1, 1),
            (pool.GetProperty("name").GetString(), Number(pool, "slots"), Number(pool, "declared"), pool.GetProperty("active").GetBoolean(), Number(pool, "used"), Number(pool, "waiting")));
        var holder = Assert.Single(pool.GetProperty("holders").EnumerateArray());
        Assert.Equal((first, "x", "only"), (holder.GetProperty("runId").GetInt64(), holder.GetProperty("dagId").GetString(), holder.GetProperty("task").GetString()));
        end.SetResult();
    }

    [Fact]
    public async Task A_size_is_set_and_reset_and_both_are_audited()
    {
        await using var server = await ApiServer.StartAsync(InPool("x"));
        var set = await server.Send(HttpMethod.Put, "pools/gpu", """{"slots": 5}""");
        Assert.Equal((HttpStatusCode.OK, 5, 5), (set.Status, Number(set.Json, "slots"), Number(set.Json, "set")));
        var reset = await server.Post("pools/gpu/reset");
        Assert.Equal((1, System.Text.Json.JsonValueKind.Null), (Number(reset.Json, "slots"), reset.Json.GetProperty("set").ValueKind));
        var audit = (await server.Get("audit?count=2")).Json.EnumerateArray().Select(a => $"{a.GetProperty("actor")} {a.GetProperty("action")} {a.GetProperty("target")}");
        Assert.Equal(["ada reset pool gpu", "ada set pool gpu"], audit);
    }

    [Theory]
    [InlineData("gpu", """{"slots": 0}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("gpu", """{"slots": -3}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("gpu", """{"slots": "many"}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("gpu", """{"slots": 1.5}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("gpu", "{}", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("gp", """{"slots": 2}""", HttpStatusCode.NotFound, "not_found")]
    public async Task What_makes_no_sense_is_refused(string pool, string body, HttpStatusCode status, string code)
    {
        await using var server = await ApiServer.StartAsync(InPool("x"));
        (await server.Send(HttpMethod.Put, $"pools/{pool}", body)).Problem(status, code);
        Assert.Equal(1, Number((await server.Get("pools")).Json[0], "slots"));
    }

    [Fact]
    public async Task An_unknown_pool_is_told_with_the_nearest_name()
    {
        await using var server = await ApiServer.StartAsync(InPool("x"));
        var detail = (await server.Post("pools/gpu1/reset")).Problem(HttpStatusCode.NotFound, "not_found");
        Assert.Contains("Did you mean 'gpu'", detail, StringComparison.Ordinal);
    }

    private static int Number(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static DagModel InPool(string id)
    {
        var model = Models.Chain(id, "only");
        return model with { Pools = [new PoolModel("gpu", 1)], Tasks = [model.Tasks[0] with { Pool = "gpu" }] };
    }

    private static (TaskCompletionSource Begun, TaskCompletionSource End) Hold(ApiServer server)
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Bodies.Set("only", async _ =>
        {
            begun.TrySetResult();
            await end.Task;
            return (AttemptOutcome)Outcomes.Gives("1");
        });
        return (begun, end);
    }
}
