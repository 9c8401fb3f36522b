using System.Net;

namespace Wizart.Flow.Web.Tests.Ui.Artifacts;

public sealed class ArtifactPagesTests
{
    private static readonly string Hash = new('a', 64);

    [Theory]
    [InlineData("page.html", "text/html; charset=utf-8")]
    [InlineData("PAGE.HTM", "text/html; charset=utf-8")]
    [InlineData("drawn.svg", "image/svg+xml")]
    [InlineData("dot.png", "image/png")]
    [InlineData("a b.jpeg", "image/jpeg")]
    public async Task What_a_browser_shows_comes_in_a_sandbox(string name, string type)
    {
        await using var server = await StartAsync("<script>alert(1)</script>");
        var raw = await server.Page($"artifacts/{Hash}/{Uri.EscapeDataString(name)}/raw");
        Assert.Equal((HttpStatusCode.OK, type), (raw.Status, raw.ContentHeaders.ContentType!.ToString()));
        var policy = raw.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", raw.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("page.html", "<iframe sandbox src=\"artifacts/")]
    [InlineData("drawn.svg", "<img src=\"artifacts/")]
    [InlineData("notes.txt", "<pre class=\"code wrap\"")]
    [InlineData("notes.md", "<div class=\"prose\">")]
    [InlineData("raw.bin", "Download raw.bin")]
    [InlineData("noending", "Download noending")]
    public async Task Each_is_shown_in_its_own_way_and_runs_nothing(string name, string words)
    {
        await using var server = await StartAsync("<script>alert(1)</script>");
        var page = await server.Html($"artifacts/{Hash}/{name}");
        page.Says(words, $"href=\"api/v1/artifacts/{Hash}?name={name}\"");
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        (await server.Html($"artifacts/{Hash}/{name}", partial: true)).SaysNot("<html");
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("table.csv")]
    [InlineData("value.json")]
    [InlineData("raw.bin")]
    [InlineData("page.html.bin")]
    public async Task Nothing_else_is_given_raw(string name)
    {
        await using var server = await StartAsync("<script>alert(1)</script>");
        (await server.Page($"artifacts/{Hash}/{name}/raw")).IsMissing("not shown as a picture or a page");
    }

    [Fact]
    public async Task A_table_has_its_heading_and_rows_and_is_cut()
    {
        await using var server = await StartAsync($"name;price\noak;\"1;5\"\n{string.Concat(Enumerable.Range(0, 300).Select(i => $"row{i};{i}\n"))}");
        var page = await server.Html($"artifacts/{Hash}/prices.csv");
        page.Says("<th scope=\"col\">price</th>", "<td>1;5</td>", "<td>row10</td>", "This is the beginning.");
        page.SaysNot("<td>row299</td>");
    }

    [Fact]
    public async Task Json_is_laid_out_and_what_only_says_it_is_json_is_shown_as_it_is()
    {
        await using var server = await StartAsync("""{"a":[1,{"b":"ü"}]}""");
        (await server.Html($"artifacts/{Hash}/value.json")).Says("\"a\": [", "\"b\": \"ü\"");
        server.Artifacts.Put(Hash, "{\"a\":");
        (await server.Html($"artifacts/{Hash}/value.json")).Says("{\"a\":");
    }

    [Fact]
    public async Task A_long_text_is_cut()
    {
        await using var server = await StartAsync(new string('x', 300_000) + "the end");
        var page = await server.Html($"artifacts/{Hash}/long.log");
        page.Says("This is the beginning.");
        page.SaysNot("the end");
    }

    [Theory]
    [InlineData("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("aaaa")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("..%2F..%2F..%2Fkeys")]
    [InlineData("..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd")]
    public async Task What_is_not_there_is_missing_however_it_is_asked_for(string hash)
    {
        await using var server = await StartAsync("content");
        foreach (var path in (string[])[$"artifacts/{hash}/page.html", $"artifacts/{hash}/page.html/raw"])
            Assert.Equal(HttpStatusCode.NotFound, (await server.Page(path)).Status);
    }

    [Fact]
    public async Task A_name_with_markup_in_it_is_harmless()
    {
        await using var server = await StartAsync("content");
        (await server.Html($"artifacts/{Hash}/{Uri.EscapeDataString("<script>alert(1).html")}")).IsHarmless();
        (await server.Html($"artifacts/{Hash}/{Uri.EscapeDataString("<script>alert(1).bin")}")).IsHarmless();
    }

    [Fact]
    public async Task Nobody_sees_one_without_signing_in()
    {
        await using var server = await StartAsync("content");
        using var stranger = server.Browser();
        var seen = await stranger.Get($"artifacts/{Hash}/page.html/raw");
        Assert.NotEqual(HttpStatusCode.OK, seen.Status);
        Assert.DoesNotContain("content", seen.Text, StringComparison.Ordinal);
    }

    private static async Task<ApiServer> StartAsync(string content)
    {
        var server = await ApiServer.StartAsync();
        server.Artifacts.Put(Hash, content);
        return server;
    }
}
