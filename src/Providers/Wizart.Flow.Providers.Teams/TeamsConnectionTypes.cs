using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Teams;

/// <summary>Adds this provider's clients.</summary>
public static class TeamsConnectionTypes
{
    /// <summary>Connections of type <c>teams</c> give a <see cref="TeamsChannel"/>.</summary>
    public static ConnectionTypes AddTeams(this ConnectionTypes types) =>
        types.Add(["teams"], (settings, scope) => new TeamsChannel(settings, scope)).Describe("teams", TeamsKind.Describe);
}
