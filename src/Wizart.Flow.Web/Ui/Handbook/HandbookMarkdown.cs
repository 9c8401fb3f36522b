using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Wizart.Flow.Web.Ui.Handbook;

/// <summary>Makes pages of Markdown.</summary>
internal static class HandbookMarkdown
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UseAutoLinks().DisableHtml().Build();

    public static HandbookPage Page(string name, string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var sections = Sections(document);
        foreach (var link in document.Descendants<LinkInline>())
            if (link.Url is { } url && !link.IsImage) link.Url = Target(name, url);
        // In a table a pipe within code is written with a backslash before it, which is not meant to be read.
        foreach (var table in document.Descendants<Table>())
            foreach (var code in table.Descendants<CodeInline>()) code.Content = code.Content.Replace("\\|", "|", StringComparison.Ordinal);
        foreach (var heading in document.Descendants<HeadingBlock>())
            if (heading.Level > 1) AddLink(name, heading);
        return new HandbookPage(name, sections[0].Title, Html(document), sections);
    }

    /// <summary>The names of the pages that a page leads to, in their order.</summary>
    public static IReadOnlyList<string> Links(string markdown) =>
        [.. Markdown.Parse(markdown, Pipeline).Descendants<LinkInline>().Select(l => l.Url).OfType<string>().Where(IsPage).Select(u => u[..u.IndexOf(".md", StringComparison.Ordinal)])];

    // Links stand from the base on, so that they hold under any path: so a link within the page has the page's path too.
    private static string Target(string page, string url)
    {
        if (url.StartsWith('#')) return $"handbook/{page}{url}";
        return IsPage(url) ? $"handbook/{url.Replace(".md", "", StringComparison.Ordinal)}" : url;
    }

    private static bool IsPage(string url) => !url.Contains(':', StringComparison.Ordinal) && !url.Contains('/', StringComparison.Ordinal) && url.Contains(".md", StringComparison.Ordinal);

    private static void AddLink(string page, HeadingBlock heading)
    {
        if (heading.GetAttributes().Id is not { } id || heading.Inline is null) return;
        var title = System.Net.WebUtility.HtmlEncode(TextOf(heading));
        heading.Inline.AppendChild(new HtmlInline($"<a class=\"anchor\" href=\"handbook/{page}#{id}\" aria-label=\"Link to: {title}\">#</a>"));
    }

    private static string Html(MarkdownDocument document)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(r => r is CodeBlockRenderer);
        renderer.ObjectRenderers.Insert(0, new HandbookCode());
        renderer.Render(document);
        return writer.ToString()
            .Replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table class=\"list\">", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal);
    }

    private static IReadOnlyList<HandbookSection> Sections(MarkdownDocument document)
    {
        var sections = new List<HandbookSection>();
        var (id, title, level, text) = ("", "", 1, new StringBuilder());
        foreach (var block in document)
        {
            if (block is not HeadingBlock heading)
            {
                Append(text, block);
                continue;
            }

            // The first heading is the page's title.
            if (title.Length > 0) sections.Add(new HandbookSection(id, title, level, text.ToString().Trim()));
            (id, title, level) = (title.Length > 0 ? heading.GetAttributes().Id ?? "" : "", TextOf(heading), title.Length > 0 ? Math.Max(2, heading.Level) : 1);
            text.Clear();
        }

        sections.Add(new HandbookSection(id, title, level, text.ToString().Trim()));
        return sections;
    }

    private static void Append(StringBuilder text, MarkdownObject block)
    {
        if (block is CodeBlock code) text.Append(code.Lines.ToString().ReplaceLineEndings(" ")).Append(' ');
        else if (block is LeafBlock { Inline: { } inline }) text.Append(TextOf(inline)).Append(' ');
        else if (block is ContainerBlock container)
            foreach (var child in container) Append(text, child);
    }

    private static string TextOf(HeadingBlock heading) => heading.Inline is null ? "" : TextOf(heading.Inline);

    private static string TextOf(ContainerInline inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline.Descendants())
            text.Append(part switch { LiteralInline literal => literal.Content.ToString(), CodeInline code => code.Content, LineBreakInline => " ", _ => "" });
        return text.ToString();
    }
}
