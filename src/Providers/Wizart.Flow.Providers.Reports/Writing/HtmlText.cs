using System.Text;

namespace Wizart.Flow.Providers.Reports.Writing;

/// <summary>HTML being written: marks as they are, everything else escaped.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>Marks, or text that was escaped before.</summary>
    public HtmlText Raw(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <summary>Text for people; harmless between marks and in attributes with double quotes.</summary>
    public HtmlText Text(string text)
    {
        foreach (var sign in text)
        {
            switch (sign)
            {
                case '&': _html.Append("&amp;"); break;
                case '<': _html.Append("&lt;"); break;
                case '>': _html.Append("&gt;"); break;
                case '"': _html.Append("&quot;"); break;
                case '\'': _html.Append("&#39;"); break;
                case '\t' or '\n': _html.Append(sign); break;
                default: _html.Append(char.IsControl(sign) ? '\uFFFD' : sign); break;
            }
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();
}
