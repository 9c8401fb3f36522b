using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Slack;

/// <summary>Adds this provider's clients.</summary>
public static class SlackConnectionTypes
{
    /// <summary>Connections of type <c>slack</c> give a <see cref="SlackChannel"/>.</summary>
    public static ConnectionTypes AddSlack(this ConnectionTypes types) =>
        types.Add(["slack"], (settings, scope) => new SlackChannel(settings, scope)).Describe("slack", SlackKind.Describe);
}
