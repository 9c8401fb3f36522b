using MimeKit;
using Wizart.Flow.Providers.Mail.Messages;

namespace Wizart.Flow.Providers.Mail;

/// <summary>
/// A mail: <c>new Mail("Nightly check is through").To("ann@example.com").Text("All shops answered.").Attach(report)</c>.
/// Without <see cref="To"/> it goes to the connection's default recipients.
/// </summary>
public sealed class Mail
{
    /// <summary>What most servers take, less what the encoding adds.</summary>
    internal const long MostAttached = 18 * 1024 * 1024;

    private readonly List<MailboxAddress> _to = [];
    private readonly List<MailboxAddress> _cc = [];
    private readonly List<MailboxAddress> _replyTo = [];
    private readonly List<string> _texts = [];
    private readonly List<string> _html = [];
    private readonly List<Artifact> _attachments = [];

    /// <summary>A mail with a subject; line breaks in it become spaces.</summary>
    public Mail(string subject)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        Subject = MailText.OneLine(subject);
    }

    internal string Subject { get; }

    internal IReadOnlyList<MailboxAddress> Recipients => _to;

    internal IReadOnlyList<MailboxAddress> Copies => _cc;

    internal IReadOnlyList<MailboxAddress> Answers => _replyTo;

    internal IReadOnlyList<string> Texts => _texts;

    internal IReadOnlyList<string> HtmlTexts => _html;

    internal IReadOnlyList<Artifact> Attachments => _attachments;

    /// <summary>Recipients: <c>"ann@example.com"</c> or <c>"Ann Lee &lt;ann@example.com&gt;"</c>; several in one text with commas between.</summary>
    /// <exception cref="ArgumentException">One is no address.</exception>
    public Mail To(params string[] addresses) => Add(_to, addresses, nameof(addresses));

    /// <summary>Recipients of a copy.</summary>
    /// <inheritdoc cref="To"/>
    public Mail Cc(params string[] addresses) => Add(_cc, addresses, nameof(addresses));

    /// <summary>Where answers go; otherwise to the sender.</summary>
    /// <inheritdoc cref="To"/>
    public Mail ReplyTo(params string[] addresses) => Add(_replyTo, addresses, nameof(addresses));

    /// <summary>A paragraph of plain text.</summary>
    public Mail Text(string text)
    {
        _texts.Add(text ?? "");
        return this;
    }

    /// <summary>The same in HTML, as it is: values in it are the caller's to escape. Readers that show no HTML show the text.</summary>
    public Mail Html(string html)
    {
        _html.Add(html ?? "");
        return this;
    }

    /// <summary>A file kept with a run, such as a report or a chart; at most 18 MB in all.</summary>
    /// <exception cref="ArgumentException">It is too large to be sent.</exception>
    public Mail Attach(Artifact file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var size = _attachments.Sum(a => a.Size) + file.Size;
        if (size > MostAttached)
            throw new ArgumentException($"With '{file.Name}' ({MailText.Megabytes(file.Size)}) the mail '{Subject}' has {MailText.Megabytes(size)} of attachments; servers take {MailText.Megabytes(MostAttached)}. Send a link to the run instead.", nameof(file));
        _attachments.Add(file);
        return this;
    }

    private Mail Add(List<MailboxAddress> list, string[] addresses, string parameter)
    {
        ArgumentNullException.ThrowIfNull(addresses, parameter);
        foreach (var address in addresses)
            list.AddRange(MailText.Addresses(address) ?? throw new ArgumentException($"'{MailText.OneLine(address ?? "")}' is no mail address. Write ann@example.com or Ann Lee <ann@example.com>.", parameter));
        return this;
    }
}
