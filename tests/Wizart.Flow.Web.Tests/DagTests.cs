using System.Net;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

public sealed class DagTests
{
    [Fact]
    public async Task Dags_are_listed_with_schedule_next_run_and_last_run()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"), Models.Chain("by_hand", "only"));
        await server.Run("by_hand");
        var dags = (await server.Get("dags")).Json.EnumerateArray().ToArray();
        Assert.Equal(["by_hand", "orders"], dags.Select(d => d.GetProperty("id").GetString()));
        Assert.Equal("success", dags[0].GetProperty("lastRun").GetProperty("state").GetString());
        Assert.Equal(1, dags[0].GetProperty("runCounts").GetProperty("success").GetInt32());
        Assert.Equal("Daily at 06:00, Europe/Minsk", dags[1].GetProperty("schedule").GetString());
        Assert.EndsWith("T06:00:00+03:00", dags[1].GetProperty("next").GetProperty("runAfter").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, dags[1].GetProperty("lastRun").ValueKind);
    }

    [Fact]
    public async Task A_dag_comes_with_its_model_in_the_words_of_the_api()
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        var dag = (await server.Get("dags/x")).Json;
        Assert.Equal((1, true, false), (dag.GetProperty("version").GetInt32(), dag.GetProperty("active").GetBoolean(), dag.GetProperty("paused").GetBoolean()));
        var model = dag.GetProperty("model");
        Assert.Equal("integer", model.GetProperty("params")[0].GetProperty("valueKind").GetString());
        Assert.Equal("all_success", model.GetProperty("tasks")[0].GetProperty("triggerRule").GetString());
    }

    [Fact]
    public async Task An_unknown_dag_is_not_found_and_a_near_one_is_named()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("hello_etl", "t"));
        var detail = (await server.Get("dags/helo_etl")).Problem(HttpStatusCode.NotFound, "not_found");
        Assert.Contains("Did you mean 'hello_etl'?", detail, StringComparison.Ordinal);
        (await server.Post("dags/helo_etl/runs")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Get("dags/helo_etl/runs")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Post("dags/helo_etl/pause")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("2026-11-01T06:00:00%2B03:00")]
    [InlineData("2026-11-01T06:00:00+03:00")] // a plus that was not escaped
    [InlineData("2026-11-01T03:00:00Z")]
    [InlineData("2026-11-01 03:00")]
    public async Task Next_runs_start_strictly_later_than_the_time(string after)
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var slots = (await server.Get($"dags/orders/next?count=2&after={after}")).Json.EnumerateArray().ToArray();
        Assert.Equal(["2026-11-02T06:00:00+03:00", "2026-11-03T06:00:00+03:00"], slots.Select(s => s.GetProperty("runAfter").GetString()));
        Assert.Equal("2026-11-01T06:00:00+03:00", slots[0].GetProperty("logicalDate").GetString());
        Assert.Equal("2026-11-01T06:00:00+03:00", slots[0].GetProperty("intervalStart").GetString());
        Assert.Equal("2026-11-02T06:00:00+03:00", slots[0].GetProperty("intervalEnd").GetString());
    }

    [Fact]
    public async Task A_dag_without_a_schedule_has_no_next_runs()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        Assert.Empty((await server.Get("dags/x/next")).Json.EnumerateArray());
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_query_is_told_together()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var answer = await server.Get("dags/orders/next?count=-3&after=yesterday");
        answer.Problem(HttpStatusCode.BadRequest, "invalid");
        string[] messages = [.. answer.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("message").GetString()!)];
        Assert.Equal(2, messages.Length);
        Assert.Contains(messages, m => m.Contains("'-3' for count", StringComparison.Ordinal));
        Assert.Contains(messages, m => m.Contains("'yesterday' for after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_are_numbered_and_the_active_one_is_the_default()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "a"));
        await server.PublishAsync(Models.Chain("x", "a", "b"));
        Assert.Equal(1, (await server.Get("dags/x/versions/1")).Json.GetProperty("model").GetProperty("tasks").GetArrayLength());
        var newest = (await server.Get("dags/x/versions/active")).Json;
        Assert.Equal((2, "Dag(\"x\");"), (newest.GetProperty("number").GetInt32(), newest.GetProperty("source").GetString()!.Split('\n')[0]));
        foreach (var number in new[] { "3", "0", "-1", "99999999999999999999", "one" })
            Assert.Contains("newest is 2", (await server.Get($"dags/x/versions/{number}")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_dag_keeps_its_runs_waiting_until_it_is_unpaused()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        Assert.True((await server.Post("dags/x/pause")).Json.GetProperty("paused").GetBoolean());
        var id = await server.Trigger("x");
        Assert.Equal("queued", (await server.Get($"runs/{id}/wait?timeout=0")).Json.GetProperty("state").GetString());
        Assert.False((await server.Post("dags/x/unpause")).Json.GetProperty("paused").GetBoolean());
        Assert.Equal("success", (await server.Get($"runs/{id}/wait")).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_broken_script_is_told_with_its_place_and_its_dag_goes_on()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        await server.PublishAsync(Models.Chain("x", "t"), new Diagnostic("CS1061", "No such thing.", new SourceLocation("x.csx", 3, 9)));
        var error = (await server.Get("errors")).Json.EnumerateArray().Single();
        Assert.Equal("x.csx", error.GetProperty("file").GetString());
        var diagnostic = error.GetProperty("diagnostics")[0];
        Assert.Equal(
            ("x.csx", 3, 9, "error", "CS1061", "No such thing."),
            (diagnostic.GetProperty("file").GetString(), diagnostic.GetProperty("line").GetInt32(), diagnostic.GetProperty("column").GetInt32(),
                diagnostic.GetProperty("severity").GetString(), diagnostic.GetProperty("code").GetString(), diagnostic.GetProperty("message").GetString()));
        Assert.Equal("CS1061", (await server.Get("dags/x")).Json.GetProperty("errors")[0].GetProperty("code").GetString());
        await server.Run("x");
    }
}
