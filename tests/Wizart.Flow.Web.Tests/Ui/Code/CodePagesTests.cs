using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Code;

public sealed class CodePagesTests
{
    [Fact]
    public async Task The_version_in_force_is_shown_and_earlier_ones_are_chosen()
    {
        await using var server = await StartAsync();
        var newest = await server.Html("dags/etl/code");
        newest.Says("// etl: one, three", "version 2", "(in force)", "id=\"L2\"");
        newest.SaysNot("// etl: one, two");
        (await server.Html("dags/etl/code?version=1")).Says("// etl: one, two", "value=\"1\" selected");
    }

    [Fact]
    public async Task Two_versions_are_compared()
    {
        await using var server = await StartAsync();
        var page = await server.Html("dags/etl/code?version=2&with=1");
        page.Says("from version 1 to 2", "<span class=\"taken\">- // etl: one, two", "<span class=\"added\">+ // etl: one, three", "<span class=\"same\">");
        var back = await server.Html("dags/etl/code?version=1&with=2");
        back.Says("<span class=\"taken\">- // etl: one, three", "<span class=\"added\">+ // etl: one, two");
        (await server.Html("dags/etl/code?version=2&with=2")).Says("The scripts are the same.");
    }

    [Fact]
    public async Task Mistakes_stand_at_their_lines()
    {
        await using var server = await StartAsync();
        await server.PublishAsync(Models.Chain("etl", "one", "three"), new Diagnostic("CS1002", "<b>;</b> expected", new SourceLocation("etl.csx", 2, 7)));
        var page = await server.Html("dags/etl/code");
        page.Says("CS1002: <b>;</b> expected");
        Assert.Contains("CS1002: &lt;b&gt;;&lt;/b&gt; expected", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"line wrong\" id=\"L2\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<span class=\"line wrong\" id=\"L1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("line wrong", await server.Html("dags/etl/code?version=1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version=9", "DAG 'etl' has no version 9.")]
    [InlineData("version=x", "DAG 'etl' has no version x.")]
    [InlineData("with=-1", "DAG 'etl' has no version -1.")]
    [InlineData("version=99999999999999", "DAG 'etl' has no version 99999999999999.")]
    public async Task A_version_that_is_not_there_is_missing(string query, string why)
    {
        await using var server = await StartAsync();
        (await server.Page($"dags/etl/code?{query}")).IsMissing(why);
    }

    [Fact]
    public async Task A_run_shows_the_script_that_it_is_on()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "one", "two"));
        var run = await server.Run("etl");
        await server.PublishAsync(Models.Chain("etl", "one", "three"));
        (await server.Html($"runs/{run}/code")).Says("// etl: one, two", "version 1, not the newest", "href=\"dags/etl/code?version=1\"");
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Chain("etl", "one", "two"));
        await server.PublishAsync(Models.Chain("etl", "one", "three"));
        return server;
    }
}
