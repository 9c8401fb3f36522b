using System.Text.RegularExpressions;

namespace Wizart.Flow.Web.Ui.Handbook;

/// <summary>C# in parts that are shown in different colours: comments, texts, keywords, numbers, types.</summary>
internal static partial class CodeColours
{
    /// <summary>The parts in their order, each with the class of its look; empty for none.</summary>
    public static IEnumerable<(string Words, string Look)> Of(string code)
    {
        var at = 0;
        foreach (Match part in Parts().Matches(code))
        {
            if (part.Index > at) yield return (code[at..part.Index], "");
            yield return (part.Value, LookOf(part));
            at = part.Index + part.Length;
        }

        if (at < code.Length) yield return (code[at..], "");
    }

    private static string LookOf(Match part)
    {
        if (part.Groups["comment"].Success) return "c-comment";
        if (part.Groups["text"].Success) return "c-text";
        if (part.Groups["keyword"].Success) return "c-keyword";
        return part.Groups["number"].Success ? "c-number" : "c-type";
    }

    [GeneratedRegex(
        """"
        (?<comment>//[^\n]*|/\*.*?\*/)
        |(?<text>[$@]*"""(?:.|\n)*?"""|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])')
        |(?<keyword>\b(?:var|record|class|struct|enum|interface|new|return|if|else|for|foreach|in|is|as|not|and|or|while|switch|case|when|throw|try|catch|finally|using|async|await|static|public|private|internal|sealed|readonly|const|void|int|long|double|decimal|bool|string|object|true|false|null|with|this|out|ref|params|namespace)\b)
        |(?<number>\b\d[\d_]*(?:\.\d+)?[a-zA-Z]?\b)
        |(?<type>\b[A-Z]\w*(?=[\[<?\s]*\s[a-z_]|<|\[\])|(?<=\bnew\s)[A-Z]\w*|(?<=\brecord\s)[A-Z]\w*|(?<=\bclass\s)[A-Z]\w*)
        """",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
