using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Wizart.Flow.Web.Ui.Marks;

/// <summary>Markdown that authors of scripts wrote: no HTML in it counts, and its links lead only to the web, to mail, or to pages.</summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().DisableHtml().Build();

    /// <summary>As it is shown.</summary>
    public static MarkupString Html(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            // What a page loads from elsewhere would tell that place who reads it.
            if (link.IsImage && !IsOurs(link.Url)) link.IsImage = false;
            if (!IsOurs(link.Url) && !IsWeb(link.Url)) link.Url = "";
        }

        foreach (var link in document.Descendants<AutolinkInline>())
            if (!link.IsEmail && !IsWeb(link.Url)) link.Url = "";
        return new MarkupString(document.ToHtml(Pipeline));
    }

    private static bool IsWeb(string? url) =>
        url is not null && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";

    private static bool IsOurs(string? url) => url is not null && !url.Contains(':', StringComparison.Ordinal) && !url.StartsWith("//", StringComparison.Ordinal);
}
