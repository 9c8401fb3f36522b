using Wizart.Flow.Callbacks;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Teams.Cards;

namespace Wizart.Flow.Providers.Teams;

/// <summary>
/// A channel in Teams, behind a connection of type <c>teams</c> whose <c>webhook</c> is the address of a workflow. For bodies
/// (<see cref="Post(Card)"/>) and for callbacks (<c>OnFailure(teams)</c>). At most one message a second goes to an address.
/// </summary>
public sealed class TeamsChannel : INotificationChannel
{
    private const string ClosedConnector =
        "is an Office 365 connector, which Microsoft has closed. In Teams choose Workflows at the channel, then 'Send webhook alerts to a channel', and use the address it gives.";

    private readonly Webhook _webhook;

    /// <summary>A client; authors' tests give a handler of their own, which answers instead of the network.</summary>
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public TeamsChannel(ConnectionSettings settings, ConnectionScope scope, HttpMessageHandler? handler = null)
    {
        var address = Webhook.AddressOf(settings, "the workflow in Teams", whyNot: host => IsConnector(host) ? ClosedConnector : null);
        _webhook = new Webhook(settings, address, scope, handler)
        {
            Shown = answer => Shown(answer, address),
            Advice = Advice,
            Error = failure => new TeamsException(failure.Message, failure.Inner) { Status = failure.Status, RetryAfter = failure.RetryAfter },
        };
    }

    /// <summary>
    /// Posts a card. Waits its turn, and as long as the server asks when it is busy; a wait of more than a minute ends the
    /// attempt with <see cref="RetryAfter"/>. What may have been posted is not posted again.
    /// </summary>
    /// <exception cref="TeamsException">It was refused, or nobody answered.</exception>
    public Task Post(Card card) => Post(card, CancellationToken.None);

    /// <inheritdoc cref="Post(Card)"/>
    public async Task Post(Card card, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(card);
        await _webhook.PostAsync(CardJson.Write(card), cancellation);
    }

    /// <summary>Posts a text.</summary>
    /// <inheritdoc cref="Post(Card)"/>
    public Task Post(string title, string text = "") => Post(text.Length == 0 ? new Card(title) : new Card(title).Text(text));

    /// <summary>Tells the channel. Of a burst of the same kind the first is told at once and the others together.</summary>
    /// <exception cref="TeamsException">It was not told, or is held back for a moment to be told with others; to be tried again.</exception>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notification);
        await _webhook.NotifyAsync(notification, told => CardJson.Write(NotificationCards.Of(told)), cancellation);
    }

    private static bool IsConnector(Uri address) =>
        address.Host.EndsWith(".webhook.office.com", StringComparison.OrdinalIgnoreCase) || address.Host.Equals("outlook.office.com", StringComparison.OrdinalIgnoreCase);

    private static string Shown(string answer, Uri address)
    {
        var shown = answer.ReplaceLineEndings(" ").Replace(address.OriginalString, "***", StringComparison.Ordinal);
        return address.Query.Length > 1 ? shown.Replace(address.Query, "?***", StringComparison.Ordinal) : shown;
    }

    private static string Advice(int status, string answer) => status switch
    {
        400 => " The workflow does not take the card; make it from the template 'Send webhook alerts to a channel'.",
        401 or 403 => " The workflow does not accept this address: copy it anew from Teams, and let anyone trigger the workflow.",
        404 or 410 => " The workflow is gone or turned off: turn it on in Teams, or make a new one and put its address into the connection.",
        413 => " The message is too large.",
        _ => "",
    };
}
