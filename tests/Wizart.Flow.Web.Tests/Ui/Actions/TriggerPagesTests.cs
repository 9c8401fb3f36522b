using System.Net;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Actions;

public sealed class TriggerPagesTests
{
    [Fact]
    public async Task The_form_has_a_field_for_each_param_by_its_type()
    {
        await using var server = await ApiServer.StartAsync(Everything("x"));
        (await server.Html("dags/x/trigger")).Says(
            "name=\"param.count\" type=\"number\" value=\"1\" min=\"1\" max=\"10\"", "name=\"param.dry\" value=\"true\" checked", "<option value=\"green\"", "name=\"param.day\" type=\"date\" value=\"2026-11-01\"",
            "name=\"param.pause\" type=\"text\" value=\"15m\"", "<textarea id=\"field-extra\" name=\"param.extra\"", "pattern=\"", "<legend>When</legend>", "must be given", "Why it is ordered", "curl -X POST");
    }

    [Fact]
    public async Task What_is_filled_in_starts_a_run_with_just_that()
    {
        await using var server = await ApiServer.StartAsync(Everything("x"));
        var answer = await server.Form(
            "dags/x/trigger", ("param.reason", "for <b>us</b>"), ("param.count", "7"), ("param.dry", "false"), ("param.colour", "green"), ("param.day", "2026-12-24"), ("param.pause", "2h"), ("param.extra", "[1, 2]"), ("param.brand", "oak"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var run = (await server.Get("runs")).Json[0];
        answer.LeadsTo($"runs/{run.GetProperty("id").GetInt64()}");
        var given = run.GetProperty("params");
        Assert.Equal(
            """count 7, dry false, colour "green", day "2026-12-24", extra [1, 2], reason "for <b>us</b>" """.TrimEnd(),
            string.Join(", ", ((string[])["count", "dry", "colour", "day", "extra", "reason"]).Select(n => $"{n} {given.GetProperty(n).GetRawText()}")));
        Assert.False(given.TryGetProperty("brand", out _)); // the same as its default
    }

    [Theory]
    [InlineData("param.count", "99", "between 1 and 10")]
    [InlineData("param.count", "many", "count")]
    [InlineData("param.colour", "blue", "colour")]
    [InlineData("param.day", "2026-02-30", "day")]
    [InlineData("param.pause", "soon", "pause")]
    [InlineData("param.extra", "[1,", "This is not JSON in line 1")]
    [InlineData("param.brand", "OAK", "brand")]
    [InlineData("param.reason", "", "This must be given.")]
    [InlineData("date", "someday", "'someday' is not a date")]
    public async Task A_value_that_makes_no_sense_comes_back_with_its_mistake(string field, string value, string why)
    {
        await using var server = await ApiServer.StartAsync(Everything("x"));
        foreach (var partial in new[] { false, true })
        {
            var answer = await server.Form("dags/x/trigger", partial, [("param.reason", "because"), (field, value)]);
            Assert.Equal((HttpStatusCode)422, answer.Status);
            answer.Text.Says(why, value);
            Assert.Equal(!partial, answer.Text.Contains("<html", StringComparison.Ordinal));
        }

        Assert.Empty((await server.Get("runs")).Json.EnumerateArray());
    }

    [Fact]
    public async Task It_is_filled_in_by_the_url_or_an_earlier_run()
    {
        await using var server = await ApiServer.StartAsync(Everything("x"), Models.WithParams("other"));
        (await server.Html("dags/x/trigger?count=4&reason=%22%3E%3Cscript%3Ealert(1)&date=2026-11-03")).Says("value=\"4\"", "value=\"2026-11-03\"");
        (await server.Html("dags/x/trigger?reason=%22%3E%3Cscript%3Ealert(1)")).IsHarmless();
        var run = await server.Run("x", """{"params": {"reason": "the first", "count": 9, "extra": {"a": "b"}}}""");
        var again = await server.Html($"dags/x/trigger?run={run}&count=2");
        again.Says("value=\"the first\"", "value=\"2\"", "\"a\": \"b\"", "<option value=\"the first\"></option>");
        var alien = await server.Run("other", """{"params": {"brand": "alien"}}""");
        (await server.Html($"dags/x/trigger?run={alien}")).SaysNot("alien");
    }

    [Fact]
    public async Task The_script_is_led_on_to_the_run()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        (await server.Html("dags/x/trigger", partial: true)).SaysNot("<html");
        var answer = await server.Form("dags/x/trigger", partial: true);
        var run = (await server.Get("runs")).Json[0].GetProperty("id").GetInt64();
        Assert.Equal((HttpStatusCode.NoContent, $"/runs/{run}"), (answer.Status, answer.Headers.GetValues("HX-Redirect").Single()));
        Assert.Equal($"Run {run} of x is queued.", Uri.UnescapeDataString(answer.Headers.GetValues("X-Flow-Message").Single()));
        await server.Post("dags/x/pause");
        (await server.Html("dags/x/trigger")).Says("This DAG is paused");
    }

    [Fact]
    public async Task A_person_starts_one_by_the_form_of_the_page_and_not_without_its_token()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var ada = await server.SignedIn("ada", Role.Operator);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.Post("dags/x/trigger", [])).Status);
        Assert.Empty((await server.Get("runs")).Json.EnumerateArray());
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Fill("dags/x/trigger", "dags/x/trigger")).Status);
        Assert.Equal("ada", (await server.Get("runs")).Json[0].GetProperty("createdBy").GetString());

        using var eve = await server.SignedIn("eve", Role.Viewer);
        var refused = await eve.Get("dags/x/trigger");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        refused.Text.Says("This is not open to you");
        (await eve.Get("dags/x")).Text.SaysNot("action=\"dags/x/pause\"", "dags/x/trigger", "dags/x/backfill");
    }

    private static DagModel Everything(string id) => Models.Chain(id, "only") with
    {
        Params =
        [
            new ParamModel { Name = "count", Type = new TypeModel("int"), ValueKind = ParamValueKind.Integer, Minimum = Models.Json("1"), Maximum = Models.Json("10"), Default = Models.Json("1") },
            new ParamModel { Name = "dry", Type = new TypeModel("bool"), ValueKind = ParamValueKind.Boolean, Default = Models.Json("true") },
            new ParamModel { Name = "colour", Type = new TypeModel("string"), ValueKind = ParamValueKind.Text, Choices = [Models.Json("\"red\""), Models.Json("\"green\"")], Default = Models.Json("\"red\"") },
            new ParamModel { Name = "day", Type = new TypeModel("DateOnly"), ValueKind = ParamValueKind.DateTime, Default = Models.Json("\"2026-11-01\""), Section = "When" },
            new ParamModel { Name = "pause", Type = new TypeModel("TimeSpan"), ValueKind = ParamValueKind.Duration, Default = Models.Json("\"00:15:00\""), Section = "When" },
            new ParamModel { Name = "extra", Type = new TypeModel("int[]"), ValueKind = ParamValueKind.Json, Default = Models.Json("[1]") },
            new ParamModel { Name = "brand", Type = new TypeModel("string"), ValueKind = ParamValueKind.Text, Pattern = "^[a-z]+$", Default = Models.Json("\"oak\"") },
            new ParamModel { Name = "reason", Type = new TypeModel("string"), ValueKind = ParamValueKind.Text, Required = true, Description = "Why it is ordered" },
        ],
    };
}
