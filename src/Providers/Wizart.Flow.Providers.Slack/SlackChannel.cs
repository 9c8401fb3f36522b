using Wizart.Flow.Callbacks;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Slack.Messages;

namespace Wizart.Flow.Providers.Slack;

/// <summary>
/// A channel in Slack, behind a connection of type <c>slack</c> whose <c>webhook</c> is the address of an incoming webhook. For bodies
/// (<see cref="Post(SlackMessage)"/>) and for callbacks (<c>OnFailure(slack)</c>). At most one message a second goes to an address.
/// </summary>
public sealed class SlackChannel : INotificationChannel
{
    private readonly Webhook _webhook;

    /// <summary>A client; authors' tests give a handler of their own, which answers instead of the network.</summary>
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public SlackChannel(ConnectionSettings settings, ConnectionScope scope, HttpMessageHandler? handler = null)
    {
        var address = Webhook.AddressOf(settings, "the app's page 'Incoming Webhooks' in Slack");
        _webhook = new Webhook(settings, address, scope, handler)
        {
            Shown = answer => answer.ReplaceLineEndings(" ").Trim()
                .Replace(address.OriginalString, "***", StringComparison.Ordinal).Replace(address.AbsolutePath, "/***", StringComparison.Ordinal),
            Advice = Advice,
            Error = Error,
        };
    }

    /// <summary>
    /// Posts a message. Waits its turn, and as long as the server asks when it is busy; a wait of more than a minute ends the
    /// attempt with <see cref="RetryAfter"/>. What may have been posted is not posted again.
    /// </summary>
    /// <exception cref="SlackException">It was refused, or nobody answered.</exception>
    public Task Post(SlackMessage message) => Post(message, CancellationToken.None);

    /// <inheritdoc cref="Post(SlackMessage)"/>
    public async Task Post(SlackMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        await _webhook.PostAsync(MessageJson.Write(message), cancellation);
    }

    /// <summary>Posts a text.</summary>
    /// <inheritdoc cref="Post(SlackMessage)"/>
    public Task Post(string title, string text = "") => Post(text.Length == 0 ? new SlackMessage(title) : new SlackMessage(title).Text(text));

    /// <summary>Tells the channel. Of a burst of the same kind the first is told at once and the others together.</summary>
    /// <exception cref="SlackException">It was not told, or is held back for a moment to be told with others; to be tried again.</exception>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notification);
        await _webhook.NotifyAsync(notification, told => MessageJson.Write(NotificationMessages.Of(told)), cancellation);
    }

    // Slack answers with a word: https://api.slack.com/messaging/webhooks#handling_errors.
    private static string Advice(int status, string answer) => (answer, status) switch
    {
        ("no_service" or "no_team" or "team_disabled", _) => " The webhook was revoked or its app removed: make a new one in Slack and put its address into the connection.",
        ("invalid_token" or "no_active_hooks", _) => " The webhook is not, or no longer, valid: copy its address anew from the app's page 'Incoming Webhooks'.",
        ("channel_is_archived" or "channel_not_found", _) => " The channel is archived or gone: make a webhook for another channel and put its address into the connection.",
        ("action_prohibited" or "posting_to_general_channel_denied", _) => " An administrator of Slack does not allow messages there.",
        (_, 404 or 410) => " The webhook is gone: make a new one in Slack and put its address into the connection.",
        (_, 401 or 403) => " The webhook is not accepted: copy its address anew from Slack.",
        _ => "",
    };

    private static SlackException Error(WebhookFailure failure) => new(failure.Message, failure.Inner)
    {
        Status = failure.Status,
        Code = failure.Answer.Length > 0 && failure.Answer.All(c => c is (>= 'a' and <= 'z') or '_') ? failure.Answer : null,
        RetryAfter = failure.RetryAfter,
    };
}
