using MimeKit;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Providers.Mail.Messages;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Mail.Tests;

public sealed class NotificationTests
{
    [Fact]
    public async Task A_failure_is_told_with_its_place_and_its_log()
    {
        await using var server = SmtpServer.Start();
        await server.Client().NotifyAsync(Failure(1), default);

        var received = Assert.Single(server.Mails);
        Assert.Equal(["team@example.com"], received.To);
        using var data = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(received.Data));
        var message = MimeMessage.Load(data);
        Assert.Equal("etl, load[3]: failed", message.Subject);
        Assert.Contains("Where: etl.csx(12", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Error: InvalidOperationException: no <b>such</b> shop", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("second line", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("no &lt;b&gt;such&lt;/b&gt; shop", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://flow.example.com/runs/7\">", message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_burst_the_first_is_told_at_once_and_the_others_together()
    {
        await using var server = SmtpServer.Start();
        var time = new StandingTime();
        MailServer Client() => Outbox.Of(time, default, ("host", "127.0.0.1"), ("port", $"{server.Port}"), ("tls", "none"));
        await Client().NotifyAsync(Failure(1), default);
        for (var i = 2; i <= 100; i++)
        {
            var held = await Assert.ThrowsAsync<MailException>(() => Client().NotifyAsync(Failure(i), default));
            Assert.Contains("together", held.Message, StringComparison.Ordinal);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 2; i <= 100; i++) await Client().NotifyAsync(Failure(i), default);
        Assert.Equal(2, server.Mails.Count);
        Assert.Contains("and 49 more", server.Mails.Last().Data, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_are_one_mail()
    {
        var mail = NotificationMails.Of([.. Enumerable.Range(1, 60).Select(i => Failure(i) with { Run = i })]);
        Assert.Equal("etl: 60 × failed", mail.Subject);
        Assert.Contains("Run 50, load[3]: no <b>such</b> shop", Assert.Single(mail.Texts), StringComparison.Ordinal);
        Assert.Contains("and 10 more", Assert.Single(mail.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_default_recipients_nobody_can_be_told()
    {
        await using var server = SmtpServer.Start();
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("to", "")).NotifyAsync(Failure(1), default));
        Assert.Contains("has no 'to'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_taken_is_told_later()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToData = "451 Later";
        await Assert.ThrowsAsync<MailException>(() => server.Client().NotifyAsync(Failure(1), default));
        server.AnswerToData = "250 Ok";
        await server.Client().NotifyAsync(Failure(1), default);
        Assert.Single(server.Mails);
    }

    private static Notification Failure(long id) => new()
    {
        Id = id,
        Event = CallbackEvent.Failure,
        Dag = "etl",
        Run = 7,
        Task = "load",
        MapIndex = 3,
        Attempt = 2,
        State = "failed",
        LogicalDate = new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero),
        At = new DateTimeOffset(2026, 11, 23, 5, 0, 0, TimeSpan.Zero),
        Error = new TaskError { Type = "InvalidOperationException", Message = "no <b>such</b> shop", Location = new SourceLocation("etl.csx", 12) },
        Log = ["first line", "second line"],
        Link = "https://flow.example.com/runs/7",
    };
}
