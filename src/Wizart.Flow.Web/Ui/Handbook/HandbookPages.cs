using System.Collections.Concurrent;
using System.Reflection;

namespace Wizart.Flow.Web.Ui.Handbook;

/// <summary>The handbook that is shipped with the app: its pages in the order of its index, each made once.</summary>
public sealed class HandbookPages
{
    private const string Prefix = "handbook/";
    private const int MostHits = 40;
    private const int ExcerptBefore = 60;
    private const int ExcerptAfter = 120;
    private readonly Assembly _assembly = typeof(HandbookPages).Assembly;
    private readonly ConcurrentDictionary<string, HandbookPage> _pages = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<string>> _names;

    /// <summary>Finds out which pages there are.</summary>
    public HandbookPages() => _names = new Lazy<IReadOnlyList<string>>(Order);

    /// <summary>The name of the page that lists the others.</summary>
    public const string Index = "index";

    /// <summary>The names of all pages but the index, in its order.</summary>
    public IReadOnlyList<string> Names => _names.Value;

    /// <summary>All of them.</summary>
    public IEnumerable<HandbookPage> All => Names.Select(name => Find(name)!);

    /// <summary>A page; null when there is none of that name.</summary>
    public HandbookPage? Find(string name)
    {
        if (_pages.TryGetValue(name, out var page)) return page;
        return Read(name) is { } markdown ? _pages.GetOrAdd(name, HandbookMarkdown.Page(name, markdown)) : null;
    }

    /// <summary>The id of the first section of a page whose heading begins with some words; null when there is none.</summary>
    public string? Heading(string page, string beginning) =>
        beginning.Length == 0 ? null : Find(page)?.Sections.FirstOrDefault(s => s.Level > 1 && s.Title.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))?.Id;

    /// <summary>The sections that have all words of a text, those whose headings have them first.</summary>
    public IReadOnlyList<HandbookHit> Search(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return [];
        var hits =
            from page in All
            from section in page.Sections
            let inTitle = words.All(word => Has(section.Title, word))
            where inTitle || words.All(word => Has(section.Text, word) || Has(section.Title, word))
            select (Hit: HitOf(page, section, words), Rank: inTitle ? section.Level : 10);
        return [.. hits.OrderBy(found => found.Rank).Take(MostHits).Select(found => found.Hit)];
    }

    private static HandbookHit HitOf(HandbookPage page, HandbookSection section, string[] words)
    {
        var text = section.Text;
        var (word, at) = words.Select(w => (Word: w, At: text.IndexOf(w, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(w => w.At >= 0);
        if (word is null) return new HandbookHit(page, section, Start(text), "", "");
        var from = at > ExcerptBefore ? text.IndexOf(' ', at - ExcerptBefore, ExcerptBefore) + 1 : 0;
        if (from == 0 && at > ExcerptBefore) from = at - ExcerptBefore;
        var to = Math.Min(text.Length, at + word.Length + ExcerptAfter);
        return new HandbookHit(
            page, section, (from > 0 ? "…" : "") + text[from..at], text.Substring(at, word.Length), text[(at + word.Length)..to] + (to < text.Length ? "…" : ""));
    }

    private static string Start(string text) => text.Length <= ExcerptAfter ? text : string.Concat(text.AsSpan(0, ExcerptAfter), "…");

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    // What the index forgot comes last rather than not at all.
    private IReadOnlyList<string> Order()
    {
        var all = _assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(".md", StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^3]).Where(n => n != Index).Order(StringComparer.Ordinal).ToArray();
        var listed = HandbookMarkdown.Links(Read(Index) ?? "");
        return [.. listed.Where(all.Contains).Distinct(), .. all.Where(n => !listed.Contains(n))];
    }

    private string? Read(string name)
    {
        using var stream = _assembly.GetManifestResourceStream($"{Prefix}{name}.md");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
