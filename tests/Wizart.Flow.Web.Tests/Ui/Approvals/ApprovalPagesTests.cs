using System.Net;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Approvals;

public sealed class ApprovalPagesTests
{
    [Fact]
    public async Task Questions_are_listed_and_asked_with_fields_by_kind()
    {
        await using var server = await StartAsync();
        var run = await AskAsync(server);
        (await server.Html("approvals")).Says("Release the build?", "gate", $"run {run}");
        (await server.Html("approvals?dag=gate")).Says("Release the build?");
        (await server.Html("approvals?dag=other")).Says("Nothing of other waits");

        var page = await server.Html($"approvals/{run}/ask");
        page.Says(
            "<strong>pictures</strong>", "type=\"number\"", "min=\"1\"", "max=\"100\"", "type=\"checkbox\"", "<option value=\"Fast\"", "type=\"datetime-local\"",
            "<textarea id=\"field-limits\"", "Percent of users", "Roll-out");
        page.IsHarmless();
        Assert.DoesNotContain("href=\"javascript:", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_approval_lets_the_task_go_on_with_its_values()
    {
        await using var server = await StartAsync();
        var run = await AskAsync(server);
        (await server.Form($"approvals/{run}/ask", ("answer", "approve"), ("comment", "fine"), ("param.share", "20"), ("param.limits", "{\"eu\": 1}"))).LeadsTo("approvals");
        await server.Get($"runs/{run}/wait?timeout=60");
        var output = (await server.Get($"runs/{run}/tasks/ask/output")).Text;
        output.Says("20", "fine", "\"eu\"", "ada");
        (await server.Html("approvals")).Says("Nobody waits for you.");

        var again = await server.Page($"approvals/{run}/ask");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        again.Text.Says("does not wait for an answer (any more): it is success");
    }

    [Fact]
    public async Task A_refusal_skips_the_task_whatever_stands_in_the_fields()
    {
        await using var server = await StartAsync();
        var run = await AskAsync(server);
        (await server.Form($"approvals/{run}/ask", ("answer", "refuse"), ("comment", "not today"), ("param.share", "nonsense"))).LeadsTo("approvals");
        var ended = (await server.Get($"runs/{run}/wait?timeout=60")).Json;
        Assert.Equal("success", ended.GetProperty("state").GetString());
        (await server.Get($"runs/{run}/tasks")).Text.Says("refused by ada: not today");
    }

    [Theory]
    [InlineData("share", "200", "is not between 1 and 100")]
    [InlineData("share", "", "This must be given.")]
    [InlineData("limits", "{", "This is not JSON in line 1")]
    [InlineData("speed", "Slow", "is not one of Careful, Fast")]
    public async Task A_wrong_value_comes_back_in_its_field(string field, string value, string why)
    {
        await using var server = await StartAsync();
        var run = await AskAsync(server);
        (string, string)[] fields = [("answer", "approve"), ("comment", "my comment"), .. field == "share" ? Array.Empty<(string, string)>() : [("param.share", "5")], ("param." + field, value)];
        foreach (var partial in new[] { false, true })
        {
            var answer = await server.Form($"approvals/{run}/ask", partial, fields);
            Assert.Equal((HttpStatusCode)422, answer.Status);
            answer.Text.Says(why, "my comment", "aria-invalid=\"true\"");
        }

        (await server.Html("approvals")).Says("Release the build?");
    }

    [Fact]
    public async Task Yes_or_no_must_be_said_and_the_task_must_be_there()
    {
        await using var server = await StartAsync();
        var run = await AskAsync(server);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Form($"approvals/{run}/ask")).Status);
        (await server.Page($"approvals/{run}/asks")).IsMissing("Did you mean 'ask'?");
        Assert.Equal(HttpStatusCode.Conflict, (await server.Page($"approvals/{run}/ask?element=3")).Status);
    }

    // A question is stored with the same turn of the run that begins it.
    private static async Task<long> AskAsync(ApiServer server)
    {
        var run = await server.Trigger("gate");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await server.Get("approvals")).Json.GetArrayLength() == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return run;
    }

    private static Task<ApiServer> StartAsync()
    {
        var model = Models.Chain("gate", "ask");
        var form = new FormModel
        {
            Title = "Release the build?",
            Text = "Look at the **pictures** first. <script>alert(1)</script> [bad](javascript:alert(1))",
            Fields =
            [
                new ParamModel { Name = "share", Type = new TypeModel("int"), ValueKind = ParamValueKind.Integer, Required = true, Minimum = Models.Json("1"), Maximum = Models.Json("100"), Description = "Percent of users", Section = "Roll-out" },
                new ParamModel { Name = "speed", Type = new TypeModel("Speed"), ValueKind = ParamValueKind.Enum, Choices = [Models.Json("\"Careful\""), Models.Json("\"Fast\"")], Default = Models.Json("\"Careful\"") },
                new ParamModel { Name = "notify", Type = new TypeModel("bool"), ValueKind = ParamValueKind.Boolean, Default = Models.Json("true") },
                new ParamModel { Name = "at", Type = new TypeModel("DateTimeOffset"), ValueKind = ParamValueKind.DateTime, Default = Models.Json("\"2026-11-24T06:00:00+00:00\"") },
                new ParamModel { Name = "limits", Type = new TypeModel("Dictionary<string, int>"), ValueKind = ParamValueKind.Json, Default = Models.Json("{\"eu\":10}") },
            ],
        };
        return ApiServer.StartAsync(model with { Tasks = [model.Tasks[0] with { Wait = new WaitModel { Kind = WaitKind.Approval, Form = form } }] });
    }
}
