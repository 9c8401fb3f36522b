using Wizart.Flow.Connections;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.Mail.Tests;

public class LanguageTests
{
    [Fact]
    public void A_server_tells_of_failures_and_sends_what_a_body_says()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes().AddMail());
        var mail = Connection<MailServer>("mail");
        var dag = Dag("sample").OnFailure(mail);
        var report = dag.Task("report").Run(() => new Artifact("r.html", new string('0', 64), 1, "text/html"));
        dag.Task("tell").From(mail, report).OnRetry(mail).Run((mail, report) => mail.Send(new Mail("t").To("ann@example.com").Text("x").Attach(report)));

        var description = script.Describe();
        Assert.Empty(description.Diagnostics);
        Assert.Equal(typeof(MailServer).FullName, Assert.Single(Assert.Single(description.Dags).Callbacks).Notifier.Client);
    }
}
