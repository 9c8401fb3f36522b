using Wizart.Flow.Connections;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.Teams.Tests;

public class LanguageTests
{
    [Fact]
    public void A_channel_is_told_of_failures_and_posted_to()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes().AddTeams());
        var teams = Connection<TeamsChannel>("performance");
        var dag = Dag("sample").OnFailure(teams);
        var chart = dag.Task("chart").Run(() => new Artifact("p95.png", new string('0', 64), 1, "image/png"));
        dag.Task("tell").From(teams, chart).OnRetry(teams).Run((teams, chart) => teams.Post(new Card("t").Fact("a", 1).Image(chart).Link("All steps", "https://example.com")));

        var description = script.Describe();
        Assert.Empty(description.Diagnostics);
        Assert.Equal(typeof(TeamsChannel).FullName, Assert.Single(Assert.Single(description.Dags).Callbacks).Notifier.Client);
    }
}
