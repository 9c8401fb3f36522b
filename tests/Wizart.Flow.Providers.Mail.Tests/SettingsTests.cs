using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Mail.Sending;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Mail.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("tls", "maybe", "Write starttls, implicit or none")]
    [InlineData("tls", "none", "could be read on the way to smtp.example.com")]
    [InlineData("port", "70000", "from 1 to 65535")]
    [InlineData("host", "smtp://smtp.example.com", "without smtp://")]
    [InlineData("from", "flow", "Write one address")]
    [InlineData("from", "a@example.com, b@example.com", "Write one address")]
    [InlineData("from", "a@example.com\r\nBcc: b@example.com", "Write one address")]
    [InlineData("to", "team", "Write addresses")]
    [InlineData("timeout", "soon", "Write a span")]
    [InlineData("fingerprint", "AB:CD", "64 hex digits")]
    [InlineData("user", "flow", "has a 'user' but no 'password'")]
    [InlineData("password", "x", "has a 'password' but no 'user'")]
    [InlineData("host", "", "has no 'host'")]
    [InlineData("from", "", "has no 'from'")]
    public void What_can_not_work_is_refused_with_advice(string name, string value, string advice)
    {
        var error = Assert.Throws<ConnectionException>(() => Outbox.Of((name, value)));
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Contains("'mail'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starttls", 587)]
    [InlineData("implicit", 465)]
    [InlineData("none", 25)]
    [InlineData("", 587)]
    public void The_port_follows_from_tls(string tls, int port) =>
        Assert.Equal(port, ServerSettings.Read(Settings(("tls", tls), ("allowUnencrypted", "true"))).Port);

    [Fact]
    public void The_password_is_a_secret() => Assert.Equal(["s3cr3t"], Settings(("user", "flow"), ("password", "s3cr3t")).Secrets());

    [Fact]
    public void The_handbooks_example_can_be_used()
    {
        var read = ServerSettings.Read(Assert.Single(HandbookConnections.OfType("smtp")));
        Assert.Equal(("smtp.example.com", 587, "Flow", "team@example.com"), (read.Host, read.Port, read.From.Name, Assert.Single(read.To).Address));
    }

    private static ConnectionSettings Settings(params (string Name, string Value)[] settings) => new(
        "mail", "smtp", settings.Append(("host", "smtp.example.com")).Append(("from", "flow@example.com")).ToDictionary(s => s.Item1, s => s.Item2));
}
