using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Teams;

/// <summary>What people need to know of connections of type <c>teams</c>.</summary>
internal static class TeamsKind
{
    public static ConnectionKind Describe() => new(
        "teams", "Microsoft Teams", "A channel in Teams, told through a workflow's webhook.",
        [
            new("webhook", SettingType.Url, "The address of the workflow 'when a Teams webhook request is received'.") { Required = true, Secret = true },
            new("timeout", SettingType.Duration, "How long one try may take."),
        ])
    {
        Check = Check,
    };

    private static Task<string> Check(ConnectionSettings settings, ConnectionScope scope)
    {
        _ = new TeamsChannel(settings, scope);
        return Task.FromResult("The address is well formed. Whether Teams takes messages there shows only with the first: trying it would post one.");
    }
}
