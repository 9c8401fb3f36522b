using System.Globalization;
using Wizart.Flow.Providers.Slack.Messages;

namespace Wizart.Flow.Providers.Slack;

/// <summary>
/// A message for a channel: <c>new SlackMessage("Nightly check is through").Good().Field("Shops", 3)</c>. What is said stands
/// in this order. What is over Slack's limits is cut, and the message shows it.
/// </summary>
public sealed class SlackMessage
{
    private readonly List<MessagePart> _parts = [];
    private readonly List<(string Text, string Url)> _links = [];

    /// <summary>A message with a title; 150 characters of it are shown.</summary>
    public SlackMessage(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
    }

    internal string Title { get; }

    internal string? Color { get; private set; }

    internal IReadOnlyList<MessagePart> Parts => _parts;

    internal IReadOnlyList<(string Text, string Url)> Links => _links;

    /// <summary>A green bar beside the message.</summary>
    public SlackMessage Good() => In("#2eb67d");

    /// <summary>An orange bar beside the message.</summary>
    public SlackMessage Warning() => In("#ecb22e");

    /// <summary>A red bar beside the message.</summary>
    public SlackMessage Bad() => In("#e01e5a");

    /// <summary>
    /// A paragraph: <c>*bold*</c>, <c>_italics_</c>, <c>~struck~</c>, <c>`code`</c> as in Slack. &lt;, &gt; and &amp; are
    /// shown as they are, so that no value can call people (<c>&lt;!channel&gt;</c>) or hide an address behind a text.
    /// </summary>
    public SlackMessage Text(string text) => string.IsNullOrWhiteSpace(text) ? this : Add(new MessagePart.Paragraph(text));

    /// <summary>Lines of a log or of code, as they are.</summary>
    public SlackMessage Code(string text) => string.IsNullOrWhiteSpace(text) ? this : Add(new MessagePart.Code(text));

    /// <summary>A name and its value. Those that follow each other stand in one block, two in a row.</summary>
    public SlackMessage Field(string name, object? value)
    {
        var text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
        var shown = string.IsNullOrWhiteSpace(text) ? "—" : text;
        if (_parts.LastOrDefault() is MessagePart.Fields fields) fields.Items.Add((name, shown));
        else _parts.Add(new MessagePart.Fields([(name, shown)]));
        return this;
    }

    /// <summary>A button that opens an address; at most five.</summary>
    /// <exception cref="ArgumentException">It is no http:// or https:// address, or too long.</exception>
    public SlackMessage Link(string text, string url)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{url}' is no http:// or https:// address.", nameof(url));
        if (url.Length > MessageJson.LongestUrl) throw new ArgumentException($"The address of '{text}' has {url.Length} characters; Slack takes {MessageJson.LongestUrl}.", nameof(url));
        _links.Add((text, url));
        return _links.Count <= MessageJson.MostLinks ? this : throw new ArgumentException($"A message has at most {MessageJson.MostLinks} buttons.", nameof(text));
    }

    /// <inheritdoc cref="Link(string, string)"/>
    public SlackMessage Link(string text, Uri url) => Link(text, url.AbsoluteUri);

    private SlackMessage Add(MessagePart part)
    {
        _parts.Add(part);
        return this;
    }

    private SlackMessage In(string color)
    {
        Color = color;
        return this;
    }
}
