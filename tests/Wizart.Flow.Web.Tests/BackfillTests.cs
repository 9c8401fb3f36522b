using System.Net;
using System.Text.Json;

namespace Wizart.Flow.Web.Tests;

public sealed class BackfillTests
{
    private const string Week = """{"from": "2026-03-02", "to": "2026-03-08T06:00", "maxActive": 2}""";

    [Fact]
    public async Task A_backfill_is_begun_and_its_progress_is_shown_to_the_end()
    {
        await using var server = await StartAsync();
        var answer = await server.Post("dags/orders/backfills", Week);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var id = answer.Json.GetProperty("id").GetInt64();
        Assert.Equal($"/api/v1/backfills/{id}", answer.Headers.Location!.OriginalString);
        Assert.Equal(("ada", 2, "none", 7), (
            Text(answer.Json, "createdBy"), answer.Json.GetProperty("maxActive").GetInt32(), Text(answer.Json, "reprocess"), answer.Json.GetProperty("total").GetInt32()));
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T00:00:00+03:00"), answer.Json.GetProperty("from").GetDateTimeOffset());

        var end = await UntilAsync(server, id, "completed");
        Assert.Equal((7, 0, 7), (end.GetProperty("created").GetInt32(), end.GetProperty("skipped").GetInt32(), end.GetProperty("runs").GetProperty("success").GetInt32()));
        var runs = (await server.Get("dags/orders/runs?count=100")).Json.EnumerateArray().Where(r => Text(r, "kind") == "backfill").ToArray();
        Assert.Equal(["2026-03-08T06:00:00+03:00", "2026-03-07T06:00:00+03:00"], runs.Take(2).Select(r => Text(r, "logicalDate")));
        Assert.All(runs, r => Assert.Equal(id, r.GetProperty("backfillId").GetInt64()));
        Assert.Equal([id], (await server.Get("backfills")).Json.EnumerateArray().Select(b => b.GetProperty("id").GetInt64()));
        Assert.Equal(1, (await server.Get("dags/orders/backfills")).Json.GetArrayLength());
        Assert.Equal(0, (await server.Get("dags/orders/backfills?unfinished=true")).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_dry_run_tells_what_it_would_do_and_does_nothing()
    {
        await using var server = await StartAsync();
        var answer = await server.Post("dags/orders/backfills", """{"from": "2026-03-02", "to": "2026-03-05", "backwards": true, "dryRun": true}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal((JsonValueKind.Null, 3), (answer.Json.GetProperty("id").ValueKind, answer.Json.GetProperty("created").GetInt32()));
        Assert.Equal(
            ["2026-03-04T06:00:00+03:00", "2026-03-03T06:00:00+03:00", "2026-03-02T06:00:00+03:00"],
            answer.Json.GetProperty("intervals").EnumerateArray().Select(i => Text(i, "logicalDate")));
        Assert.Equal("[]", (await server.Get("backfills")).Text);
    }

    [Fact]
    public async Task It_may_be_for_some_tasks_only()
    {
        await using var server = await StartAsync();
        var answer = await server.Post("dags/orders/backfills", """{"from": "2026-03-02", "to": "2026-03-03", "tasks": ["extract"], "dryRun": true}""");
        Assert.Equal(["extract"], answer.Json.GetProperty("tasks").EnumerateArray().Select(t => t.GetString()));
    }

    [Fact]
    public async Task It_is_paused_goes_on_and_is_cancelled()
    {
        await using var server = await StartAsync();
        server.Bodies.Set("extract", attempt => attempt.UntilStoppedAsync());
        var id = (await server.Post("dags/orders/backfills", Week)).Json.GetProperty("id").GetInt64();
        Assert.Equal("paused", Text((await server.Post($"backfills/{id}/pause")).Json, "state"));
        Assert.Equal("running", Text((await server.Post($"backfills/{id}/unpause")).Json, "state"));
        var cancelled = await server.Post($"backfills/{id}/cancel");
        Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (cancelled.Status, Text(cancelled.Json, "state")));
        Assert.Contains("is over: it is cancelled", (await server.Post($"backfills/{id}/pause")).Problem(HttpStatusCode.Conflict, "conflict"), StringComparison.Ordinal);
        Assert.Equal(
            ["cancel backfill", "unpause backfill", "pause backfill", "backfill"],
            (await server.Get("audit")).Json.EnumerateArray().Select(a => Text(a, "action")).Take(4));
    }

    [Theory]
    [InlineData("{}", "from must be given", "to must be given")]
    [InlineData("""{"from": "soon", "to": 7}""", "\"soon\" for from is not a time", "7 for to is not a time")]
    [InlineData("""{"from": "2026-03-02", "to": "2026-03-05", "reprocess": "some", "maxActive": "x", "backwards": 1, "params": []}""",
        "\"some\" for reprocess", "\"x\" for maxActive", "1 for backwards", "params must be a JSON object")]
    [InlineData("""{"from": "2026-03-02", "to": "2026-03-05", "params": {"year": 1}}""", "has no param 'year'")]
    [InlineData("""{"from": "2026-03-02", "to": "2026-03-05", "tasks": "extract"}""", "tasks must be a list of ids")]
    [InlineData("""{"from": "2026-03-02", "to": "2026-03-05", "tasks": ["extrakt"]}""", "has no task or group 'extrakt'. Did you mean 'extract'?")]
    [InlineData("""{"from": "2026-03-05", "to": "2026-03-02"}""", "turned round")]
    [InlineData("""{"from": "2026-03-05", "to": "9000-01-01"}""", "in the future")]
    [InlineData("""{"begin": "2026-03-05"}""", "no property 'begin'")]
    public async Task What_makes_no_sense_is_told_all_of_it(string body, params string[] says)
    {
        await using var server = await StartAsync();
        var detail = (await server.Post("dags/orders/backfills", body)).Problem(HttpStatusCode.BadRequest, "invalid");
        Assert.All(says, s => Assert.Contains(s, detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var server = await StartAsync();
        (await server.Post("dags/order/backfills", Week)).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Get("backfills/7")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Get("backfills/x")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Post("backfills/7/cancel")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Daily("orders"));
        await server.Engine.OpenSchedulesAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Looks until the state is as asked.</summary>
    private static async Task<JsonElement> UntilAsync(ApiServer server, long id, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var backfill = (await server.Get($"backfills/{id}")).Json;
            if (Text(backfill, "state") == state) return backfill;
            await Task.Delay(20, patience.Token);
        }
    }
}
