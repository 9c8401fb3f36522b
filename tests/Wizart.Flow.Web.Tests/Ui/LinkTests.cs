using System.Net;
using System.Text.RegularExpressions;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui;

/// <summary>Goes from the first page wherever its links lead, as far as there are any.</summary>
public sealed partial class LinkTests
{
    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Admin)]
    public async Task Every_link_leads_somewhere_that_is_open_to_who_sees_it(Role role)
    {
        await using var server = await WorldAsync();
        using var browser = await server.SignedIn("ada", role);
        var (seen, open, dead) = (new HashSet<string> { "" }, new Queue<(string Path, string From)>([("", "")]), new List<string>());
        while (open.TryDequeue(out var next))
        {
            var page = await browser.Get(next.Path);
            if (page.Location is { } on && !on.Contains("sign-in", StringComparison.Ordinal)) page = await browser.Get(on.TrimStart('/'));
            if (page.Status != HttpStatusCode.OK) dead.Add($"{next.Path} answers {(int)page.Status}, linked from {next.From}");
            else if (page.Response.Content.Headers.ContentType?.MediaType == "text/html")
                foreach (var link in Links(page.Text).Where(l => seen.Add(Shape(l)))) open.Enqueue((link, next.Path));
        }

        Assert.True(dead.Count == 0, string.Join('\n', dead));
        Assert.True(seen.Count > 100, $"Only {seen.Count} links were found.");
    }

    [Fact]
    public async Task Links_to_a_place_in_a_page_find_it()
    {
        await using var server = await WorldAsync();
        var (missing, found) = (new List<string>(), 0);
        foreach (var page in (string[])["dags/etl/tasks", "runs/1/tasks/load", "errors", "handbook/errors"])
            foreach (Match link in Anchored().Matches(await server.Html(page)))
            {
                var (path, id) = (WebUtility.HtmlDecode(link.Groups[1].Value).TrimStart('/'), link.Groups[2].Value);
                found++;
                if (!(await server.Html(path)).Contains($"id=\"{id}\"", StringComparison.Ordinal)) missing.Add($"{path}#{id} on {page}");
            }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.True(found > 3, $"Only {found} were found.");
    }

    /// <summary>Something on every page.</summary>
    private static async Task<ApiServer> WorldAsync()
    {
        var etl = Models.Chain("etl", "extract", "load");
        var release = Models.Chain("release", "ask");
        var server = await ApiServer.StartAsync(
            etl with
            {
                Tags = ["a b&c"],
                Owner = "Data & team",
                Tasks = [etl.Tasks[0], etl.Tasks[1] with { Location = new SourceLocation("etl.csx", 2), Into = ["wizart://prices"], Inputs = [new InputModel(InputKind.Connection, "shop", new TypeModel("Shop")), new InputModel(InputKind.Variable, "limit", new TypeModel("int"))] }],
                Assets = [new AssetModel { Uri = "wizart://prices" }],
            },
            Models.Daily("orders") with { Pools = [new PoolModel("gpu", 3)] },
            Grid.GridPagesTests.Grouped("grouped"),
            Tasks.TaskPagesTests.Mapped("mapped"),
            Models.WithParams("params"),
            Models.Chain("never", "one"),
            release with { Tasks = [release.Tasks[0] with { Kind = TaskKind.Approval, Wait = new WaitModel { Kind = WaitKind.Approval, Form = new FormModel { Title = "Go?" } } }] });
        server.Bodies.Set("load", attempt =>
        {
            attempt.Log("at it");
            attempt.Tell(new AttemptEvent.ArtifactKept(new Artifact("a #1 report.md", new string('a', 64), 7, "text/markdown")));
            return Task.FromResult<AttemptOutcome>(new AttemptOutcome.Failed(new TaskError { Type = "E", Message = "No route.", Location = new SourceLocation("etl.csx", 2) }));
        });
        server.Artifacts.Put(new string('a', 64), "content");
        server.Bodies.Set("list", Outcomes.Gives("[1, 2]") with { Count = 2 });
        Assert.Equal(1, await server.Run("etl"));
        foreach (var dag in (string[])["orders", "grouped", "mapped"]) await server.Run(dag);
        await server.TellAsync(1, "p 95", 3, ("service", "a&b"));
        await server.Trigger("release");
        await server.Post("dags/orders/backfills", """{"from": "2026-03-02", "to": "2026-03-02"}""");
        await server.Send(HttpMethod.Put, "connections/shop", """{"type": "shop", "values": {"url": "http://shop"}}""");
        await server.Send(HttpMethod.Put, "variables/limit", """{"value": 4}""");
        await server.PublishAsync(Models.Chain("broken", "t"), new Diagnostic("CS1002", "; expected", new SourceLocation("broken.csx", 1, 7)));
        await server.PublishAsync(etl, new Diagnostic("CS1002", "; expected", new SourceLocation("etl.csx", 2, 7)));
        return server;
    }

    private static IEnumerable<string> Links(string page) => Href().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))
        .Select(l => l.Split('#')[0])
        .Where(l => !l.Contains("://", StringComparison.Ordinal) && !l.StartsWith("mailto:", StringComparison.Ordinal) && !l.StartsWith("static/", StringComparison.Ordinal))
        .Select(l => l.TrimStart('/'));

    // One day of a calendar stands for all.
    private static string Shape(string link) => Date().Replace(link, "date");

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex("<a [^>]*href=\"([^\"#]+)#([^\"]+)\"")]
    private static partial Regex Anchored();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d(T[0-9%A-Z:+]*)?")]
    private static partial Regex Date();
}
