using System.Net;
using System.Net.Sockets;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Mail.Tests;

public sealed class ErrorTests
{
    [Fact]
    public async Task Nobody_at_the_address_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        var error = await Assert.ThrowsAsync<MailException>(() => Outbox.Of(("host", "127.0.0.1"), ("port", $"{port}"), ("tls", "none")).Send(new Mail("t")));
        Assert.Contains($"127.0.0.1:{port} (connection 'mail') can't be reached", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_it()
    {
        await using var server = SmtpServer.Start(account: ("flow", "right"));
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("user", "flow"), ("password", "wr0ng-s3cr3t")).Send(new Mail("t")));
        Assert.Contains("does not accept user 'flow'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_wants_a_user_says_so()
    {
        await using var server = SmtpServer.Start(account: ("flow", "right"));
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client().Send(new Mail("t")));
        Assert.Contains("'user' and", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "it is not for 127.0.0.1, and it is signed by nobody this machine trusts")]
    [InlineData("localhost", "refused: it is signed by nobody this machine trusts")]
    public async Task A_certificate_nobody_signed_is_refused_and_named(string host, string why)
    {
        await using var server = SmtpServer.Start();
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("host", host), ("tls", "starttls")).Send(new Mail("t")));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains($"\"fingerprint\": \"{server.Fingerprint}\"", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Another_certificate_than_the_one_expected_is_refused_before_the_password_is_said()
    {
        await using var server = SmtpServer.Start(account: ("flow", "s3cr3t"));
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("tls", "starttls"), ("user", "flow"), ("password", "s3cr3t"), ("fingerprint", new string('A', 64))).Send(new Mail("t")));
        Assert.Contains("not the one in the connection", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_neither_password_nor_mail()
    {
        await using var server = SmtpServer.Start(startTls: false, account: ("flow", "s3cr3t"));
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("tls", "starttls"), ("user", "flow"), ("password", "s3cr3t")).Send(new Mail("t")));
        Assert.Contains("offers no STARTTLS", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TLS_from_the_start_where_there_is_none_is_told()
    {
        await using var server = SmtpServer.Start();
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("tls", "implicit")).Send(new Mail("t")));
        Assert.Contains("does not speak TLS in the way that 'tls' says", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_recipient_is_named_and_nobody_gets_the_mail()
    {
        await using var server = SmtpServer.Start();
        server.Refused["eve@example.com"] = "550 5.1.1 No such user";
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client().Send(new Mail("t").To("ann@example.com", "eve@example.com").Text("x")));

        Assert.Contains("refuses the recipient eve@example.com; the mail was sent to nobody. It says: 550", error.Message, StringComparison.Ordinal);
        Assert.Contains("No such user", error.Message, StringComparison.Ordinal);
        Assert.Equal((550, false), (error.Status, error.IsTransient));
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("451 4.7.1 Try later", 451, true)]
    [InlineData("554 5.7.1 Spam", 554, false)]
    public async Task A_refused_mail_says_whether_it_may_be_taken_later(string answer, int status, bool isTransient)
    {
        await using var server = SmtpServer.Start();
        server.AnswerToData = answer;
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client().Send(new Mail("t").Text("x")));
        Assert.Contains($"refuses the mail. It says: {status}", error.Message, StringComparison.Ordinal);
        Assert.Equal((status, isTransient), (error.Status, error.IsTransient));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_after_the_timeout()
    {
        await using var server = SmtpServer.Start(silent: true);
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("timeout", "200ms")).Send(new Mail("t")));
        Assert.Contains("did not answer within 0.2 s. Check", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attempts_end_ends_a_mail()
    {
        await using var server = SmtpServer.Start(silent: true);
        using var attempt = new CancellationTokenSource();
        var client = Outbox.Of(attempt.Token, ("host", "127.0.0.1"), ("port", $"{server.Port}"), ("tls", "none"));
        var send = client.Send(new Mail("t"));
        await attempt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);
    }
}
