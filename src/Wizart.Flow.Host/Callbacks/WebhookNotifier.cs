using System.Net.Http.Headers;
using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Model;
using Wizart.Flow.Providers.Http;

namespace Wizart.Flow.Host.Callbacks;

/// <summary>Posts a notification as JSON, to an address or through a stored <c>http</c> connection. Any answer from 200 to 299 is good.</summary>
internal sealed class WebhookNotifier(ISecretStore connections, TimeProvider time) : INotifier
{
    /// <inheritdoc/>
    public async Task NotifyAsync(NotifierModel notifier, Notification notification, CancellationToken cancellation)
    {
        var settings = await SettingsAsync(notifier, cancellation);
        var api = new HttpApi(settings, new ConnectionScope(time, (_, _) => { }, cancellation));
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(notification), WebhookJson.Default.WebhookBody));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        try
        {
            await api.Post(notifier.Connection is null ? "" : notifier.Url ?? "", body, cancellation);
        }
        catch (HttpApiException error)
        {
            throw new NotifierException(WithoutPath(error.Message, settings.Require("url")), error);
        }
    }

    private async Task<ConnectionSettings> SettingsAsync(NotifierModel notifier, CancellationToken cancellation)
    {
        if (notifier.Connection is not { } id)
            return OnlyOnce(new ConnectionSettings("webhook", "http", new Dictionary<string, string> { ["url"] = notifier.Url! }));
        var settings = await connections.FindConnectionAsync(id, cancellation)
            ?? throw new NotifierException($"There is no connection '{id}'. Add it to the connections, or name another in Webhook(\"…\").");
        return settings.Type == "http"
            ? OnlyOnce(settings)
            : throw new NotifierException($"Connection '{id}' is of type '{settings.Type}'; a webhook needs one of type 'http'.");
    }

    /// <summary>Whether and when it is tried again is the outbox's business.</summary>
    private static ConnectionSettings OnlyOnce(ConnectionSettings settings) =>
        settings with { Values = new Dictionary<string, string>(settings.Values, StringComparer.OrdinalIgnoreCase) { ["retries"] = "0" } };

    /// <summary>The path of a webhook is often its password.</summary>
    private static string WithoutPath(string message, string url)
    {
        var path = new Uri(url).PathAndQuery;
        foreach (var part in (string[])[path, new Uri(url).AbsolutePath])
            if (part.Length > 1) message = message.Replace(part, "/***", StringComparison.Ordinal);
        return message;
    }
}
