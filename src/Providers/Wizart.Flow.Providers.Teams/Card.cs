using System.Globalization;
using Wizart.Flow.Providers.Teams.Cards;

namespace Wizart.Flow.Providers.Teams;

/// <summary>
/// A message for a channel: <c>new Card("Catalogue API holds 420 requests/s").Fact("p95", "280 ms").Image(chart)</c>. What is
/// said stands in this order. A card is at most 20 KB; what does not fit is cut from its end, and the card says so.
/// </summary>
public sealed class Card
{
    private readonly List<CardPart> _parts = [];
    private readonly List<(string Text, string Url)> _links = [];

    /// <summary>A card with a title.</summary>
    public Card(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
    }

    internal string Title { get; }

    internal CardColor Color { get; private set; } = CardColor.Default;

    internal IReadOnlyList<CardPart> Parts => _parts;

    internal IReadOnlyList<(string Text, string Url)> Links => _links;

    /// <summary>The title in green.</summary>
    public Card Good() => In(CardColor.Good);

    /// <summary>The title in orange.</summary>
    public Card Warning() => In(CardColor.Warning);

    /// <summary>The title in red.</summary>
    public Card Bad() => In(CardColor.Attention);

    /// <summary>A paragraph; bold, italics, lists and links as in Markdown.</summary>
    public Card Text(string text) => Add(new CardPart.Paragraph(text ?? ""));

    /// <summary>Lines of a log or of code, as they are.</summary>
    public Card Code(string text) => Add(new CardPart.Code(text ?? ""));

    /// <summary>A name and its value. Those that follow each other stand in one block.</summary>
    public Card Fact(string name, object? value)
    {
        var text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
        if (_parts.LastOrDefault() is CardPart.Facts facts) facts.Items.Add((name, text ?? "—"));
        else _parts.Add(new CardPart.Facts([(name, text ?? "—")]));
        return this;
    }

    /// <summary>A table of texts.</summary>
    /// <exception cref="ArgumentException">A row has another number of cells than there are columns.</exception>
    public Card Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var all = rows.Select(r => r.Select(CellText).ToArray()).ToList();
        if (all.FindIndex(r => r.Length != columns.Count) is >= 0 and var wrong)
            throw new ArgumentException($"Row {wrong + 1} has {all[wrong].Length} cells for {columns.Count} columns.", nameof(rows));
        return Add(new CardPart.Grid([.. columns], all));
    }

    /// <summary>A table of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The heading of each column and what stands in it.</param>
    public Card Table<T>(IEnumerable<T> rows, params (string Heading, Func<T, object?> Value)[] columns) =>
        Table([.. columns.Select(c => c.Heading)], rows.Select(r => (IReadOnlyList<object?>)[.. columns.Select(c => c.Value(r))]));

    /// <summary>
    /// A picture that is kept with the run, such as a chart. It goes along inside the message when it is a PNG, JPEG or GIF of
    /// at most 13 KB (charts are), because nobody but signed-in people can fetch artifacts; otherwise only its name is shown.
    /// </summary>
    public Card Image(Artifact picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Add(new CardPart.Picture(picture.Name, null, picture));
    }

    /// <summary>A picture from an address that Teams can reach.</summary>
    /// <exception cref="ArgumentException">It is no https:// address.</exception>
    public Card Image(string url, string description = "") => Add(new CardPart.Picture(description, Web(url, nameof(url)), null));

    /// <summary>Names people, who are told of it.</summary>
    /// <param name="name">How they are called in the text.</param>
    /// <param name="user">Their sign-in name, such as <c>ann@example.com</c>, or their id in Entra.</param>
    public Card Mention(string name, string user) => Add(new CardPart.Mention(name, user));

    /// <summary>A button that opens an address; at most six.</summary>
    /// <exception cref="ArgumentException">It is no http:// or https:// address.</exception>
    public Card Link(string text, string url)
    {
        _links.Add((text, Web(url, nameof(url))));
        return _links.Count <= 6 ? this : throw new ArgumentException("Teams shows at most six buttons. Put further links into a text: [name](address).", nameof(text));
    }

    /// <inheritdoc cref="Link(string, string)"/>
    public Card Link(string text, Uri url) => Link(text, url.ToString());

    private Card Add(CardPart part)
    {
        _parts.Add(part);
        return this;
    }

    private Card In(CardColor color)
    {
        Color = color;
        return this;
    }

    private static string CellText(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Web(string url, string parameter) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? url
            : throw new ArgumentException($"'{url}' is no http:// or https:// address.", parameter);
}
