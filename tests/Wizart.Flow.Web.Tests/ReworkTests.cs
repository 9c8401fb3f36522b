using System.Net;
using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

public sealed class ReworkTests
{
    [Fact]
    public async Task A_run_is_cleared_marked_and_noted_upon()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        server.Bodies.Set("extract", Outcomes.Fails("No route."));
        var id = (await server.Post("dags/orders/runs")).Json.GetProperty("id").GetInt64();
        await server.Get($"runs/{id}/wait");

        var dry = await server.Post($"dags/orders/runs/{id}/clear", """{"tasks": ["extract"], "dryRun": true}""");
        Assert.Equal(HttpStatusCode.OK, dry.Status);
        var touched = dry.Json.GetProperty("touched")[0];
        Assert.Equal(("extract", "failed", "begins anew"), (Text(touched, "taskId"), Text(touched, "state"), Text(touched, "effect")));
        Assert.Equal("failed", Text((await server.Get($"runs/{id}")).Json, "state"));

        await server.Post($"dags/orders/runs/{id}/clear", """{"tasks": ["extract"], "note": "once more"}""");
        await server.Get($"runs/{id}/wait");
        Assert.Equal(2, (await server.Get($"runs/{id}/tasks/extract/attempts")).Json.GetArrayLength());
        Assert.Equal(1, (await server.Get($"runs/{id}/tasks/extract/attempts")).Json[0].GetProperty("version").GetInt32());

        Assert.Equal(HttpStatusCode.OK, (await server.Post($"dags/orders/runs/{id}/mark", """{"as": "success"}""")).Status);
        Assert.Equal(("success", "marked success by ada"), (Text((await server.Get($"runs/{id}")).Json, "state"), Text((await server.Get($"runs/{id}")).Json, "reason")));
        Assert.EndsWith("; once more\"", Text((await server.Get("audit")).Json[1], "detail"), StringComparison.Ordinal);
        Assert.Equal(["mark run success", "clear"], (await server.Get("audit")).Json.EnumerateArray().Select(a => Text(a, "action")).Take(2));
    }

    [Fact]
    public async Task Dates_of_a_dag_that_follows_an_asset_as_well_are_local_to_its_clock()
    {
        var daily = Models.Daily("orders");
        var both = new AssetScheduleModel(new AssetUpdated("wizart://prices")) { Text = "Daily or on wizart://prices", Time = daily.Schedule };
        await using var server = await ApiServer.StartAsync(daily with { Schedule = both });
        var run = (await server.Post("dags/orders/runs", """{"date": "2026-03-01T06:00"}""")).Json;
        Assert.Equal("2026-03-01T06:00:00+03:00", Text(run, "logicalDate"));
        await server.Get($"runs/{run.GetProperty("id")}/wait");

        var cleared = await server.Post("dags/orders/clear", """{"from": "2026-03-01T05:59", "to": "2026-03-01T06:00", "dryRun": true}""");
        Assert.Equal(1, cleared.Json.GetProperty("runs").GetInt32());
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var id = (await server.Post("dags/orders/runs")).Json.GetProperty("id").GetInt64();
        await server.Get($"runs/{id}/wait");
        (await server.Post("dags/orders/runs/999/clear", "{}")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Post("dags/orders/runs/x/clear", "{}")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Post("dags/orders/clear", "{}")).Problem(HttpStatusCode.BadRequest, "invalid");
        (await server.Post($"dags/orders/runs/{id}/clear", """{"tasks": "extract"}""")).Problem(HttpStatusCode.BadRequest, "invalid");
        (await server.Post($"dags/orders/runs/{id}/clear", """{"version": "old", "upstream": 1}""")).Problem(HttpStatusCode.BadRequest, "invalid");
        (await server.Post($"dags/orders/runs/{id}/clear", """{"tasks": ["extrac"]}""")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Post($"dags/orders/runs/{id}/clear", """{"onlyFailed": true}""")).Problem(HttpStatusCode.Conflict, "conflict");
        (await server.Post($"dags/orders/runs/{id}/mark", """{"as": "done"}""")).Problem(HttpStatusCode.BadRequest, "invalid");
        (await server.Post($"dags/orders/runs/{id}/mark", "{}")).Problem(HttpStatusCode.BadRequest, "invalid");
        (await server.Post($"dags/orders/runs/{id}/mark", """{"as": "skipped"}""")).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
