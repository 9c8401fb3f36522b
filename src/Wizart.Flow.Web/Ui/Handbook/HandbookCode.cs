using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Wizart.Flow.Web.Ui.Handbook;

/// <summary>Code of a page: C# in colours; wrong and right examples marked as such.</summary>
internal sealed class HandbookCode : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        var code = obj.Lines.ToString();
        var (language, kind) = obj is FencedCodeBlock fenced ? (fenced.Info ?? "", fenced.Arguments ?? "") : ("", "");
        renderer.EnsureLine();
        if (kind is "wrong" or "right") renderer.Write($"<p class=\"example {kind}\">{(kind == "wrong" ? "✕ Wrong" : "✓ Right")}</p>");
        renderer.Write("<pre class=\"code\" tabindex=\"0\"><code>");
        if (language is "csharp" or "cs")
        {
            foreach (var (words, look) in CodeColours.Of(code))
            {
                if (look.Length > 0) renderer.Write($"<span class=\"{look}\">").WriteEscape(words).Write("</span>");
                else renderer.WriteEscape(words);
            }
        }
        else
        {
            renderer.WriteEscape(code);
        }

        renderer.Write("</code></pre>").WriteLine();
    }
}
