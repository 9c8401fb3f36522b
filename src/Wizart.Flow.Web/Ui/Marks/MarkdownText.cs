using Markdig;
using Markdig.Syntax;
using Microsoft.AspNetCore.Components;

namespace Wizart.Flow.Web.Ui.Marks;

/// <summary>Markdown that people wrote, as HTML. HTML inside of it is shown as text: a script's words run nothing here.</summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseTaskLists().Build();

    /// <summary>The HTML.</summary>
    public static MarkupString Html(string markdown)
    {
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<Markdig.Syntax.Inlines.LinkInline>())
            if (!IsSafe(link.Url)) link.Url = "";
        return new MarkupString(document.ToHtml(Pipeline));
    }

    private static bool IsSafe(string? url) =>
        url is null || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is "http" or "https" or "mailto";
}
