using System.Text.RegularExpressions;
using Wizart.Flow.Web.Ui.Handbook;

namespace Wizart.Flow.Web.Tests.Ui.Handbook;

public sealed partial class HandbookPagesTests
{
    private readonly HandbookPages _handbook = new();

    [Fact]
    public async Task Every_page_is_shown_with_its_contents_and_its_neighbours()
    {
        await using var server = await ApiServer.StartAsync();
        var index = await server.Html("handbook");
        index.Says("href=\"handbook/first-steps\"", "rel=\"next\"");
        foreach (var name in _handbook.Names) (await server.Html($"handbook/{name}")).Says($"<title>{_handbook.Find(name)!.Title}", "aria-current=\"page\"");
        (await server.Html($"handbook/{_handbook.Names[1]}")).Says($"href=\"handbook/{_handbook.Names[0]}\" rel=\"prev\"", $"href=\"handbook/{_handbook.Names[2]}\" rel=\"next\"");
    }

    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        var broken =
            from page in _handbook.All.Append(_handbook.Find(HandbookPages.Index)!)
            from Match link in Link().Matches(page.Html)
            let target = _handbook.Find(link.Groups["page"].Value)
            let id = link.Groups["id"].Value
            where target is null || (id.Length > 0 && target.Sections.All(s => s.Id != id))
            select $"{page.Name}: {link.Value}";
        Assert.Empty(broken);
        Assert.All(_handbook.All, page => Assert.DoesNotContain(".md\"", page.Html, StringComparison.Ordinal));
        Assert.All(_handbook.All, page => Assert.DoesNotContain("href=\"#", page.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_are_found_in_headings_first()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal("limits", _handbook.Search("pools")[0].Page.Name);
        Assert.Equal("errors", _handbook.Search("flow013")[0].Page.Name);
        Assert.Empty(_handbook.Search("  "));
        (await server.Html("handbook?text=catchup")).Says("<mark>", "href=\"handbook/schedules");
        var none = await server.Html("handbook?text=%3Cscript%3Ealert(1)");
        none.Says("Nothing of that in the handbook.");
        none.IsHarmless();
    }

    [Fact]
    public void Code_is_coloured_and_examples_are_marked()
    {
        var errors = _handbook.Find("errors")!.Html;
        Assert.Contains("<p class=\"example wrong\">", errors, StringComparison.Ordinal);
        Assert.Contains("<span class=\"c-keyword\">var</span>", errors, StringComparison.Ordinal);
        Assert.Contains("<span class=\"c-text\">&quot;load&quot;</span>", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_of_ours_is_found_by_its_heading() => Assert.StartsWith("flow040", _handbook.Heading("errors", "FLOW040"), StringComparison.Ordinal);

    [Fact]
    public void A_page_is_made_once() => Assert.Same(_handbook.Find("limits"), _handbook.Find("limits"));

    [GeneratedRegex("href=\"handbook/(?<page>[^\"#?]+)(#(?<id>[^\"]*))?\"")]
    private static partial Regex Link();
}
