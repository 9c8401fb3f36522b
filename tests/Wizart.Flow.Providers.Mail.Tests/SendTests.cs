using MimeKit;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Mail.Tests;

public sealed class SendTests : IDisposable
{
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-mail-").FullName;

    public SendTests() => Directory.SetCurrentDirectory(_folder);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_has_text_html_and_attachments()
    {
        await using var server = SmtpServer.Start();
        var content = new byte[5000];
        new Random(1).NextBytes(content);
        var chart = ArtifactFile.Write("p95.png", content);
        await server.Client().Send(new Mail("Läuft: 420 запросов/s 🔌").To("Ann Lee <ann@example.com>").Cc("bob@example.com").ReplyTo("ops@example.com")
            .Text("first").Text(".second").Html("<b>first</b>").Attach(chart));

        var received = Assert.Single(server.Mails);
        Assert.Equal(("flow@example.com", "ann@example.com,bob@example.com"), (received.From, string.Join(',', received.To)));
        var message = Read(received);
        Assert.Equal("Läuft: 420 запросов/s 🔌", message.Subject);
        Assert.Equal("\"Flow\" <flow@example.com>", message.From.ToString());
        Assert.Equal("\"Ann Lee\" <ann@example.com>", message.To.ToString());
        Assert.Equal("ops@example.com", message.ReplyTo.ToString());
        Assert.Equal("first\n\n.second", message.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("<b>first</b>", message.HtmlBody!.TrimEnd());
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.EndsWith("@example.com", message.MessageId, StringComparison.Ordinal);
        var attachment = Assert.IsType<MimePart>(Assert.Single(message.Attachments));
        using var read = new MemoryStream();
        attachment.Content!.DecodeTo(read);
        Assert.Equal(("p95.png", "image/png"), (attachment.FileName, attachment.ContentType.MimeType));
        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task Without_recipients_it_goes_to_those_of_the_connection()
    {
        await using var server = SmtpServer.Start();
        await server.Client(("to", "ann@example.com, Bob <bob@example.com>")).Send(new Mail("t").Text("x"));
        await server.Client().Send(new Mail("t").To("cat@example.com, dan@example.com").Text("x"));

        Assert.Equal(["ann@example.com", "bob@example.com"], server.Mails.First().To);
        Assert.Equal(["cat@example.com", "dan@example.com"], server.Mails.Last().To);
        var error = await Assert.ThrowsAsync<MailException>(() => server.Client(("to", "")).Send(new Mail("t")));
        Assert.Contains("has no recipient", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_signs_in_through_TLS(bool isImplicit)
    {
        await using var server = SmtpServer.Start(implicitTls: isImplicit, account: ("flow", "s3cr3t"));
        await server.Client(("tls", isImplicit ? "implicit" : "starttls"), ("user", "flow"), ("password", "s3cr3t"), ("fingerprint", server.Fingerprint)).Send(new Mail("t").Text("x"));

        var received = Assert.Single(server.Mails);
        Assert.True(received.IsEncrypted);
        Assert.Equal("flow", received.User);
    }

    [Theory]
    [InlineData("t\r\nBcc: eve@example.com")]
    [InlineData("t\nBcc: eve@example.com")]
    [InlineData("t\rBcc: eve@example.com")]
    [InlineData("t\r\n\r\nBcc: eve@example.com")]
    [InlineData("t\u0085Bcc: eve@example.com")]
    [InlineData("t\u2028\0Bcc: eve@example.com")]
    public async Task A_subject_adds_no_header_whatever_is_in_it(string subject)
    {
        await using var server = SmtpServer.Start();
        await server.Client().Send(new Mail(subject).Text("x"));

        var received = Assert.Single(server.Mails);
        Assert.Equal(["team@example.com"], received.To);
        var message = Read(received);
        Assert.Equal("t Bcc: eve@example.com", message.Subject);
        Assert.Equal(["From", "Subject", "Date", "Message-Id", "To", "Auto-Submitted", "MIME-Version", "Content-Type"], message.Headers.Select(h => h.Field)
            .Concat(message.Body!.Headers.Select(h => h.Field)).Distinct().OrderBy(f => Array.IndexOf(["From", "Subject", "Date", "Message-Id", "To", "Auto-Submitted", "MIME-Version", "Content-Type"], f)));
        Assert.Equal("x", message.TextBody!.TrimEnd());
    }

    [Theory]
    [InlineData("ann@example.com\r\nBcc: eve@example.com")]
    [InlineData("ann@example.com>\r\nRCPT TO:<eve@example.com")]
    [InlineData("\"Ann\nBcc: eve@example.com\" <ann@example.com>")]
    [InlineData("=?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?= <ann@example.com>")]
    [InlineData("ann")]
    [InlineData("ann@")]
    [InlineData("friends: ann@example.com;")]
    [InlineData("")]
    public void What_is_no_address_is_refused_when_the_mail_is_made(string address)
    {
        var error = Assert.Throws<ArgumentException>(() => new Mail("t").To(address));
        Assert.Contains("is no mail address", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message[..error.Message.IndexOf("(Parameter", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task A_files_name_adds_no_header()
    {
        await using var server = SmtpServer.Start();
        var file = ArtifactFile.Write("a\"\r\nX-Evil: 1.txt", new byte[] { 65 });
        await server.Client().Send(new Mail("t").Text("x").Attach(file));

        var received = Assert.Single(server.Mails);
        Assert.DoesNotContain("\nX-Evil", received.Data, StringComparison.Ordinal);
        Assert.Equal("a\" X-Evil: 1.txt", ((MimePart)Assert.Single(Read(received).Attachments)).FileName);
    }

    [Fact]
    public void Too_much_is_refused_before_it_is_read()
    {
        var large = new Artifact("raw.csv", new string('0', 64), 17 * 1024 * 1024, "text/csv");
        var error = Assert.Throws<ArgumentException>(() => new Mail("t").Attach(large).Attach(large));
        Assert.Contains("34 MB", error.Message, StringComparison.Ordinal);
        Assert.Contains("link to the run", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_subject_is_cut_visibly() => Assert.Equal(('…', 250), (new Mail(new string('x', 999)).Subject[^1], new Mail(new string('x', 999)).Subject.Length));

    private static MimeMessage Read(ReceivedMail mail)
    {
        using var data = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.Data));
        return MimeMessage.Load(data);
    }
}
