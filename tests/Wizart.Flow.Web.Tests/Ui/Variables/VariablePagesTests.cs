using System.Net;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Variables;

public sealed class VariablePagesTests
{
    [Fact]
    public async Task Variables_are_listed_with_their_values_and_who_uses_them()
    {
        await using var server = await StartAsync();
        (await server.Form("variables", ("name", "brands"), ("value", "[\"oak\", \"elm\"]"))).LeadsTo("variables");
        var page = await server.Html("variables");
        page.Says("brands", "[\"oak\", \"elm\"]", "no active DAG", "limit", "not set: 7 by default".Replace("7", "<code>7</code>", StringComparison.Ordinal));
        Assert.Contains("href=\"dags/etl\"", page, StringComparison.Ordinal);

        (await server.Html("variables?text=elm")).SaysNot(">limit<");
        (await server.Html("variables?text=etl")).SaysNot(">brands<");
        (await server.Html("variables?text=nothing+like+it")).Says("No variable fits.", "Show all 2");
    }

    [Fact]
    public async Task A_variable_is_added_changed_and_removed()
    {
        await using var server = await StartAsync();
        (await server.Html("variables/new?name=limit")).Says("value=\"limit\"", "etl</a> › only", "by default 7");
        (await server.Form("variables", ("name", "limit"), ("value", "{\"a\": [1]}"))).LeadsTo("variables");
        Assert.Equal("{\"a\": [1]}", (await server.Get("variables/limit")).Json.GetProperty("value").GetRawText());
        (await server.Html("variables/limit")).Says("\"a\": [");

        (await server.Form("variables/limit", ("value", "it's \"so\"\r\ntwo lines"), ("text", "true"))).LeadsTo("variables");
        Assert.Equal("it's \"so\"\ntwo lines", (await server.Get("variables/limit")).Json.GetProperty("value").GetString());
        (await server.Html("variables/limit")).Says("it's \"so\"\ntwo lines", "checked");

        (await server.Form("variables/limit/remove")).LeadsTo("variables");
        (await server.Get("variables/limit")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Form("variables/limit/remove")).IsMissing("There is no variable 'limit'");
    }

    [Theory]
    [InlineData("a b", "1", "Use 1 to 200 letters")]
    [InlineData("", "1", "A variable needs a name.")]
    [InlineData("taken", "1", "There is a variable of this name already")]
    [InlineData("fresh", "{\"a\":", "This is not JSON in line 1")]
    [InlineData("fresh", "oak", "A text stands in quotes.")]
    [InlineData("fresh", "", "This must be given")]
    [InlineData("fresh", "\"\\ud800\"", "half of a surrogate pair")]
    public async Task What_makes_no_sense_comes_back_with_its_mistake(string name, string value, string why)
    {
        await using var server = await StartAsync();
        (await server.Form("variables", ("name", "taken"), ("value", "1"))).LeadsTo("variables");
        foreach (var partial in new[] { false, true })
        {
            var answer = await server.Form("variables", partial, ("name", name), ("value", value));
            Assert.Equal((HttpStatusCode)422, answer.Status);
            answer.Text.Says(why, value, "aria-invalid=\"true\"");
            Assert.Equal(!partial, answer.Text.Contains("<title>", StringComparison.Ordinal));
        }

        (await server.Get("variables/fresh")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_script_is_told_what_was_done_and_which_panels_to_draw_anew()
    {
        await using var server = await StartAsync();
        var answer = await server.Form("variables", partial: true, ("name", "limit"), ("value", "1"));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal("Variable limit is set.", Uri.UnescapeDataString(answer.Headers.GetValues("X-Flow-Message").Single()));
        Assert.Equal("flow-told", answer.Headers.GetValues("HX-Trigger").Single());
    }

    [Fact]
    public async Task A_value_with_a_tag_in_it_is_harmless()
    {
        await using var server = await StartAsync();
        (await server.Form("variables", ("name", "x"), ("value", "<script>alert(1)</script>"), ("text", "true"))).LeadsTo("variables");
        (await server.Html("variables")).IsHarmless();
        (await server.Html("variables/x")).IsHarmless();
    }

    private static Task<ApiServer> StartAsync()
    {
        var model = Models.Chain("etl", "only");
        return ApiServer.StartAsync(model with
        {
            Tasks = [model.Tasks[0] with { Inputs = [new InputModel(InputKind.Variable, "limit", new TypeModel("int"), Models.Json("7"))] }],
        });
    }
}
