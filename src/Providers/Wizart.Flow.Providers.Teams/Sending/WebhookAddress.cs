using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Teams.Sending;

/// <summary>Where messages go. Whoever knows it may post, so that it is shown to nobody.</summary>
internal static class WebhookAddress
{
    /// <summary>The address of a connection.</summary>
    /// <exception cref="ConnectionException">It is missing, no address, or one that Microsoft has closed.</exception>
    public static Uri Of(ConnectionSettings settings)
    {
        var text = settings.Require("webhook");
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new ConnectionException($"'webhook' of connection '{settings.Id}' is no https:// address. Copy it from the workflow in Teams.");
        if (address.Host.EndsWith(".webhook.office.com", StringComparison.OrdinalIgnoreCase) || address.Host.Equals("outlook.office.com", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConnectionException(
                $"'webhook' of connection '{settings.Id}' is an Office 365 connector, which Microsoft has closed. In Teams choose Workflows at the channel, then 'Send webhook alerts to a channel', and use the address it gives.");
        }

        return address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new ConnectionException($"'webhook' of connection '{settings.Id}' is http://, which everybody on the way can read. Use https://.");
    }
}
