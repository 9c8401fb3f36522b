using System.Text;

namespace Wizart.Flow.Storage.Schema;

/// <summary>
/// Text as a database can take it. PostgreSQL refuses NUL and text that is not well-formed UTF-16; a message with one of
/// these must not cost the writes that share its commit, so both become U+FFFD.
/// </summary>
internal static class StoredText
{
    private static readonly System.Buffers.SearchValues<char> Suspects =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c), '\0']);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAny(Suspects) < 0) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }
}
