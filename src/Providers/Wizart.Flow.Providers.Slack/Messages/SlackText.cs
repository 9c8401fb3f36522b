using System.Text;

namespace Wizart.Flow.Providers.Slack.Messages;

/// <summary>Texts as Slack wants them: three signs escaped, and no longer than it takes.</summary>
internal static class SlackText
{
    private const string Cut = "… (cut)";

    /// <summary>The text with &lt;, &gt; and &amp; escaped, which are all that has a meaning beyond looks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">How long it may be once it is escaped; what is over that is cut visibly.</param>
    public static string Escape(string text, int longest)
    {
        var written = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                _ => rune.ToString(),
            };
            written.Append(shown);
            if (written.Length > longest) return Shorten(written, longest);
        }

        return written.ToString();
    }

    /// <summary>The text as it is, cut visibly.</summary>
    public static string Plain(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var end = longest - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>Goes back to a place where neither a sign nor an escape is cut in two.</summary>
    private static string Shorten(StringBuilder written, int longest)
    {
        var text = written.ToString();
        var end = longest - Cut.Length;
        if (char.IsLowSurrogate(text[end])) end--;
        var escape = text.LastIndexOf('&', end - 1, Math.Min(end, 5));
        if (escape >= 0 && text.IndexOf(';', escape) >= end) end = escape;
        return text[..end] + Cut;
    }
}
