using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Slack;

/// <summary>What people need to know of connections of type <c>slack</c>.</summary>
internal static class SlackKind
{
    public static ConnectionKind Describe() => new(
        "slack", "Slack", "A channel in Slack, told through an incoming webhook.",
        [
            new("webhook", SettingType.Url, "The address of the webhook, from the app's page 'Incoming Webhooks' in Slack.") { Required = true, Secret = true },
            new("timeout", SettingType.Duration, "How long one try may take."),
        ])
    {
        Check = Check,
    };

    private static Task<string> Check(ConnectionSettings settings, ConnectionScope scope)
    {
        _ = new SlackChannel(settings, scope);
        return Task.FromResult("The address is well formed. Whether Slack takes messages there shows only with the first: trying it would post one.");
    }
}
