using System.Net;
using System.Text.RegularExpressions;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Grid;

public sealed partial class GridPagesTests
{
    [Fact]
    public async Task Rows_are_a_tree_and_cells_are_states()
    {
        await using var server = await ApiServer.StartAsync(Grouped("etl"));
        server.Bodies.Set("clean.b", Outcomes.Fails("No route."));
        var run = await server.Run("etl");
        var rows = Rows(await server.Html("dags/etl/grid"));
        Assert.Equal(
            ["read:: s-success", "clean:group: s-failed", "clean.a::clean s-success", "clean.inner:group:clean s-success", "clean.inner.c::clean.inner s-success", "clean.b::clean s-failed", "end:: s-upstream-failed"],
            rows);
        var column = await server.Page($"dags/etl/grid/{run}");
        Assert.Equal("application/json", column.Type);
        Assert.Equal("s-failed", column.Json.GetProperty("state").GetString());
        Assert.Equal(
            ["s-success", "s-failed", "s-success", "s-success", "s-success", "s-failed", "s-upstream-failed"],
            column.Json.GetProperty("cells").EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task Elements_of_mapped_tasks_are_counted()
    {
        var chain = Models.Chain("etl", "list", "each");
        await using var server = await ApiServer.StartAsync(chain with
        {
            Tasks = [chain.Tasks[0] with { Output = new TypeModel("int[]") }, chain.Tasks[1] with { ForEach = new InputModel(InputKind.Output, "list", new TypeModel("int")) }],
        });
        server.Bodies.Set("list", Outcomes.Gives("[1, 2, 3]") with { Count = 3 });
        var run = await server.Run("etl");
        var page = await server.Html("dags/etl/grid");
        Assert.Contains("<td class=\"s-success\"><b>3</b></td>", page, StringComparison.Ordinal);
        page.Says("each [ ]");
        var counts = (await server.Page($"dags/etl/grid/{run}")).Json.GetProperty("counts");
        Assert.Equal(["null", "3"], counts.EnumerateArray().Select(c => c.GetRawText()));
    }

    [Fact]
    public async Task A_new_version_is_marked_and_what_it_did_not_have_is_empty()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "one", "gone"));
        var before = await server.Run("etl");
        await server.PublishAsync(Models.Chain("etl", "one", "fresh"));
        var after = await server.Run("etl");
        var page = await server.Html("dags/etl/grid");
        Assert.Contains($"data-run=\"{after}\" class=\"turn\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"data-run=\"{before}\" class=\"turn\"", page, StringComparison.Ordinal);
        page.SaysNot("data-task=\"gone\"");
        Assert.Matches("data-task=\"fresh\".*?<td></td><td class=\"s-success\"></td>", page.ReplaceLineEndings(""));
        Assert.Equal(["s-success", ""], (await server.Page($"dags/etl/grid/{before}")).Json.GetProperty("cells").EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task Kinds_have_their_signs_and_are_filtered()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        await server.Engine.OpenSchedulesAsync(TestContext.Current.CancellationToken);
        var manual = await server.Run("orders");
        Assert.Equal(HttpStatusCode.Created, (await server.Post("dags/orders/backfills", """{"from": "2026-03-02", "to": "2026-03-03"}""")).Status);
        var all = await Tests.Ui.Runs.RunPagesTests.Until(server, "dags/orders/grid", page => page.Contains("backfill run of", StringComparison.Ordinal));
        all.Says(">▸</i>", ">↺</i>", "manual run of", "backfill run of");
        var one = await server.Html("dags/orders/grid?kind=manual");
        Assert.Equal([manual], Runs(one));
        one.SaysNot(">↺</i>");
        Assert.Empty(Runs(await server.Html("dags/orders/grid?kind=asset")));
        Assert.Equal([manual], Runs(await server.Html("dags/orders/grid?kind=manual&state=success")));
    }

    [Fact]
    public async Task Older_runs_are_a_page_away_and_the_newest_stands_last()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        var runs = new List<long>();
        for (var i = 0; i < 12; i++) runs.Add(await server.Run("etl"));
        var first = await server.Html("dags/etl/grid?count=10");
        Assert.Equal(runs[2..], Runs(first));
        var older = WebUtility.HtmlDecode(Older().Match(first).Groups[1].Value);
        var second = await server.Html(older);
        Assert.Equal(runs[..2], Runs(second));
        second.Says("Newest</a>");
        second.SaysNot("Older runs");
        Assert.Equal(runs, Runs(await server.Html("dags/etl/grid?count=7")));
    }

    [Fact]
    public async Task Runs_that_are_not_of_the_dag_have_no_column()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"), Models.Chain("other", "t"));
        var alien = await server.Run("other");
        (await server.Page($"dags/etl/grid/{alien}")).IsMissing($"DAG 'etl' has no run {alien}.");
        (await server.Page("dags/etl/grid/99999")).IsMissing("DAG 'etl' has no run 99999.");
        (await server.Html("dags/etl/grid")).Says("No runs yet.");
        (await server.Html("dags/etl/grid?count=x&kind=x&state=x&before=x", partial: true)).SaysNot("<title>");
    }

    internal static DagModel Grouped(string id) => new()
    {
        Id = id,
        Groups = [new GroupModel { Id = "clean" }, new GroupModel { Id = "clean.inner", Parent = 0 }],
        Tasks =
        [
            new TaskModel { Id = "read", Index = 0 },
            new TaskModel { Id = "clean.a", Index = 1, Group = 0, Upstream = [0] },
            new TaskModel { Id = "clean.inner.c", Index = 2, Group = 1, Upstream = [1] },
            new TaskModel { Id = "clean.b", Index = 3, Group = 0, Upstream = [2] },
            new TaskModel { Id = "end", Index = 4, Upstream = [3] },
        ],
    };

    private static IEnumerable<string> Rows(string page) => Row().Matches(page).Select(r =>
        $"{r.Groups["task"].Value}:{(r.Value.Contains("class=\"group\"", StringComparison.Ordinal) ? "group" : "")}:{r.Groups["in"].Value} {string.Join(' ', Cell().Matches(r.Value).Select(c => c.Groups[1].Value))}");

    private static IEnumerable<long> Runs(string page) => Head().Matches(page).Select(h => long.Parse(h.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("<tr data-task=\"(?<task>[^\"]*)\"( data-in=\"(?<in>[^\"]*)\")?.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<td class=\"(s-[a-z-]+)\">")]
    private static partial Regex Cell();

    [GeneratedRegex("<th scope=\"col\" data-run=\"(\\d+)\"")]
    private static partial Regex Head();

    [GeneratedRegex("href=\"([^\"]*)\">Older runs")]
    private static partial Regex Older();
}
