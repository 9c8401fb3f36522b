using System.Net;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests;

public sealed class RunTests
{
    [Fact]
    public async Task A_trigger_creates_a_run_and_says_where_it_is()
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        var answer = await server.Post("dags/x/runs", """{"params": {"brand": "acme", "limit": 7}}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var run = answer.Json;
        Assert.Equal($"/api/v1/runs/{run.GetProperty("id").GetInt64()}", answer.Headers.Location!.OriginalString);
        Assert.Equal(("manual", "ada", 1), (run.GetProperty("kind").GetString(), run.GetProperty("createdBy").GetString(), run.GetProperty("version").GetInt32()));
        Assert.Equal(7, run.GetProperty("params").GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task The_date_chooses_the_interval_in_the_zone_of_the_schedule()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var run = (await server.Post("dags/orders/runs", """{"date": "2026-03-05"}""")).Json;
        Assert.Equal(DateTimeOffset.Parse("2026-03-04T06:00:00+03:00"), run.GetProperty("logicalDate").GetDateTimeOffset());
        Assert.Equal(DateTimeOffset.Parse("2026-03-05T06:00:00+03:00"), run.GetProperty("intervalEnd").GetDateTimeOffset());
    }

    [Fact]
    public async Task Each_refused_param_is_listed()
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        var answer = await server.Post("dags/x/runs", """{"params": {"limit": 99, "colour": "red"}}""");
        answer.Problem(HttpStatusCode.BadRequest, "invalid");
        var errors = answer.Json.GetProperty("errors").EnumerateArray().ToArray();
        Assert.Equal(3, errors.Length);
        Assert.All(errors, e => Assert.Equal("FLOW013", e.GetProperty("code").GetString()));
        var text = string.Join(' ', errors.Select(e => e.GetProperty("message").GetString()));
        Assert.Contains("'99' for param 'limit' is not between 1 and 10", text, StringComparison.Ordinal);
        Assert.Contains("has no param 'colour'", text, StringComparison.Ordinal);
        Assert.Contains("'brand'", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"parms": {}}""")]
    [InlineData("""{"params": 3}""")]
    [InlineData("""{"date": "soon"}""")]
    [InlineData("""{"date": 12}""")]
    [InlineData("""{"date": "2026-13-45"}""")]
    [InlineData("""{"params": {"\ud800": 1}}""")]
    [InlineData("""{"params": {"brand": "\ud800"}}""")]
    [InlineData("""{"params": {"limit": 1e999, "brand": "a"}}""")]
    [InlineData("""{"params": {"limit": 99999999999999999999999999999999, "brand": "a"}}""")]
    public async Task A_body_that_makes_no_sense_is_refused(string body)
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        (await server.Post("dags/x/runs", body)).Problem(HttpStatusCode.BadRequest, "invalid");
        Assert.Empty((await server.Get("runs")).Json.EnumerateArray());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        using var response = await server.Client.PostAsync("dags/x/runs", new ByteArrayContent([0xFF, 0xFE, 0x00, 0x7B]));
        (await Answer.OfAsync(response)).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        var body = $$$"""{"params": {"brand": "{{{new string('x', 2 * 1024 * 1024)}}}"}}""";
        (await server.Post("dags/x/runs", body)).Problem(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Fact]
    public async Task Runs_are_paged_newest_first()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"), Models.Chain("y", "t"));
        var ids = new List<long>();
        for (var i = 0; i < 5; i++) ids.Add(await server.Run("x"));
        await server.Run("y");

        var first = Ids(await server.Get("dags/x/runs?count=2"));
        Assert.Equal([ids[4], ids[3]], first);
        Assert.Equal([ids[2], ids[1], ids[0]], Ids(await server.Get($"dags/x/runs?count=1000&before={first[^1]}")));
        Assert.Equal(6, Ids(await server.Get("runs?state=success")).Length);
        Assert.Empty(Ids(await server.Get("runs?state=failed")));
    }

    [Theory]
    [InlineData("runs?count=0", "count")]
    [InlineData("runs?count=1001", "count")]
    [InlineData("runs?count=ten", "count")]
    [InlineData("runs?before=-1", "before")]
    [InlineData("runs?before=99999999999999999999999", "before")]
    [InlineData("runs?state=up_for_retry", "queued, running, success, failed, cancelled")]
    [InlineData("runs?state=1", "state")]
    [InlineData("runs?from=2026-99-99", "from")]
    [InlineData("runs?to=", "to")]
    [InlineData("audit?count=-1", "count")]
    public async Task A_query_that_makes_no_sense_is_refused(string path, string named)
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Contains(named, (await server.Get(path)).Problem(HttpStatusCode.BadRequest, "invalid"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/1")]
    [InlineData("runs/-1")]
    [InlineData("runs/9223372036854775807")]
    [InlineData("runs/99999999999999999999999999")]
    [InlineData("runs/abc")]
    [InlineData("runs/1/tasks")]
    [InlineData("runs/1/wait")]
    [InlineData("runs/1/artifacts")]
    public async Task A_run_that_is_not_there_is_not_found(string path)
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Contains("There is no run", (await server.Get(path)).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_problem_details_too()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Contains("GET /api/v1/rums", (await server.Get("rums")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_the_run_does()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var go = new TaskCompletionSource<AttemptOutcome>();
        server.Bodies.Set("t", _ => go.Task);
        var id = await server.Trigger("x");
        var waiting = server.Get($"runs/{id}/wait?timeout=60");
        Assert.Equal("running", (await server.Get($"runs/{id}/wait?timeout=0")).Json.GetProperty("state").GetString());
        Assert.False(waiting.IsCompleted);
        go.SetResult(Outcomes.Gives("2"));
        var run = (await waiting).Json;
        Assert.Equal("success", run.GetProperty("state").GetString());
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, run.GetProperty("endedAt").ValueKind);
    }

    [Fact]
    public async Task Waiting_gives_up_after_its_time_and_tells_how_the_run_stands()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => attempt.UntilStoppedAsync());
        var id = await server.Trigger("x");
        Assert.Equal("running", (await server.Get($"runs/{id}/wait?timeout=1")).Json.GetProperty("state").GetString());
        (await server.Get($"runs/{id}/wait?timeout=61")).Problem(HttpStatusCode.BadRequest, "invalid");
        await server.Post($"runs/{id}/cancel");
    }

    [Fact]
    public async Task A_cancelled_run_ends_cancelled_and_can_not_be_cancelled_again()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t", "u"));
        server.Bodies.Set("t", attempt => attempt.UntilStoppedAsync());
        var id = await server.Trigger("x");
        Assert.Equal(HttpStatusCode.Accepted, (await server.Post($"runs/{id}/cancel")).Status);
        Assert.Equal("cancelled", (await server.Get($"runs/{id}/wait")).Json.GetProperty("state").GetString());
        Assert.Contains("is over", (await server.Post($"runs/{id}/cancel")).Problem(HttpStatusCode.Conflict, "conflict"), StringComparison.Ordinal);
        (await server.Post("runs/77/cancel")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    private static long[] Ids(Answer answer) => [.. answer.Json.EnumerateArray().Select(r => r.GetProperty("id").GetInt64())];
}
