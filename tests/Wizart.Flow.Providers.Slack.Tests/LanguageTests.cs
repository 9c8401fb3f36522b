using Wizart.Flow.Connections;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.Slack.Tests;

public class LanguageTests
{
    [Fact]
    public void A_channel_is_told_of_failures_and_posted_to()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes().AddSlack());
        var slack = Connection<SlackChannel>("alerts");
        var dag = Dag("sample").OnFailure(slack);
        dag.Task("tell").From(slack).OnRetry(slack).Run(slack => slack.Post(new SlackMessage("t").Field("a", 1).Link("All steps", "https://example.com")));

        var description = script.Describe();
        Assert.Empty(description.Diagnostics);
        Assert.Equal(typeof(SlackChannel).FullName, Assert.Single(Assert.Single(description.Dags).Callbacks).Notifier.Client);
    }
}
