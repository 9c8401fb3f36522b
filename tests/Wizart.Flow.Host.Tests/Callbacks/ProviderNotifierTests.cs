using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Host.Callbacks;
using Wizart.Flow.Host.Connections;
using Wizart.Flow.Host.Tests.Support;
using Wizart.Flow.Model;
using Wizart.Flow.Providers.Mail;
using Wizart.Flow.Providers.Slack;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Host.Tests.Callbacks;

/// <summary>Slack through the daemon's own notifier, with the connection types it has.</summary>
public sealed class SlackNotifierTests : NotifierContract
{
    internal override Receiver Open()
    {
        var listener = new WebhookListener();
        return new Receiver(
            DaemonNotifier.With(("slack", new() { ["webhook"] = $"http://127.0.0.1:{listener.Port}/services/{Secret}" })),
            new NotifierModel(NotifierKind.Channel, "alerts", Client: typeof(SlackChannel).FullName),
            () => [.. listener.Calls.Select(c => string.Join('\n', Texts(c)))],
            () => listener.Answer = _ => 404,
            listener.DisposeAsync);
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [element.ToString()],
    };
}

/// <summary>Mail through the daemon's own notifier: encrypted, signed in.</summary>
public sealed class MailNotifierTests : NotifierContract
{
    internal override Receiver Open()
    {
        var server = SmtpServer.Start(account: ("flow", Secret));
        var settings = new Dictionary<string, string>
        {
            ["host"] = "127.0.0.1",
            ["port"] = $"{server.Port}",
            ["fingerprint"] = server.Fingerprint,
            ["user"] = "flow",
            ["password"] = Secret,
            ["from"] = "flow@example.com",
            ["to"] = "team@example.com",
        };
        return new Receiver(
            DaemonNotifier.With(("smtp", settings)),
            new NotifierModel(NotifierKind.Channel, "mail", Client: typeof(MailServer).FullName),
            () => [.. server.Mails.Select(Text)],
            () => server.AnswerToData = $"554 5.7.1 Not with {Secret}",
            server.DisposeAsync);
    }

    private static string Text(ReceivedMail mail)
    {
        using var data = new MemoryStream(Encoding.UTF8.GetBytes(mail.Data));
        return MimeMessage.Load(data).TextBody ?? "";
    }
}

/// <summary>The daemon's notifier over one stored connection.</summary>
internal static class DaemonNotifier
{
    public static HostNotifier With((string Type, Dictionary<string, string> Values) connection)
    {
        var store = new OneConnection(connection.Type, connection.Values);
        return new HostNotifier(
            new LogNotifier(NullLogger<LogNotifier>.Instance),
            new WebhookNotifier(store, TimeProvider.System),
            new ChannelNotifier(store, HostConnections.Create(), TimeProvider.System, NullLogger<ChannelNotifier>.Instance));
    }

    private sealed class OneConnection(string type, Dictionary<string, string> values) : ISecretStore
    {
        public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => new(new ConnectionSettings(id, type, values));
    }
}
