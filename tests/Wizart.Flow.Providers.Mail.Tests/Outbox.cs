using Wizart.Flow.Connections;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Mail.Tests;

/// <summary>Clients of a test server.</summary>
internal static class Outbox
{
    /// <summary>A client without TLS; settings replace and add to the usual ones, and an empty one takes it away.</summary>
    public static MailServer Client(this SmtpServer server, params (string Name, string Value)[] settings) =>
        Of([("host", "127.0.0.1"), ("port", $"{server.Port}"), ("tls", "none"), .. settings]);

    public static MailServer Of(params (string Name, string Value)[] settings) => Of(CancellationToken.None, settings);

    public static MailServer Of(CancellationToken cancellation, params (string Name, string Value)[] settings) => Of(TimeProvider.System, cancellation, settings);

    public static MailServer Of(TimeProvider time, CancellationToken cancellation, params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string> { ["host"] = "smtp.example.com", ["from"] = "Flow <flow@example.com>", ["to"] = "team@example.com" };
        foreach (var (name, value) in settings) values[name] = value;
        return new MailServer(new ConnectionSettings("mail", "smtp", values), new ConnectionScope(time, (_, _) => { }, cancellation));
    }
}

/// <summary>A clock that stands until it is moved. Timers run by the machine's.</summary>
internal sealed class StandingTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 23, 5, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
