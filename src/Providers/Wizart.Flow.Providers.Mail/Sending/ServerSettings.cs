using System.Globalization;
using System.Net;
using MailKit.Security;
using MimeKit;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Mail.Messages;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Mail.Sending;

/// <summary>What a connection of type <c>smtp</c> says.</summary>
internal sealed record ServerSettings
{
    public required string Id { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required SecureSocketOptions Tls { get; init; }

    public required MailboxAddress From { get; init; }

    public required IReadOnlyList<MailboxAddress> To { get; init; }

    public required TimeSpan Timeout { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>SHA-256 of the one certificate that is accepted whoever signed it, in hex; null when the usual rules decide.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How the server is named in errors.</summary>
    public string Name => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)} (connection '{Id}')";

    /// <summary>Reads them.</summary>
    /// <exception cref="ConnectionException">One is missing or can't be read.</exception>
    public static ServerSettings Read(ConnectionSettings settings)
    {
        var host = settings.Require("host").Trim();
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) throw Wrong(settings, "host", "Write a name such as smtp.example.com, without smtp:// and without the port.");
        var tls = TlsOf(settings);
        if (tls == SecureSocketOptions.None && !IsLoopback(host) && !(bool.TryParse(settings.Find("allowUnencrypted"), out var isAllowed) && isAllowed))
        {
            throw new ConnectionException(
                $"'tls' of connection '{settings.Id}' is none, so that mails and password could be read on the way to {host}. Use starttls or implicit, or say \"allowUnencrypted\": true.");
        }

        var (user, password) = (settings.Find("user"), settings.Find("password"));
        if (user is null != password is null) throw new ConnectionException($"Connection '{settings.Id}' has a '{(user is null ? "password" : "user")}' but no '{(user is null ? "user" : "password")}'. Give both or neither.");
        return new ServerSettings
        {
            Id = settings.Id,
            Host = host,
            Port = PortOf(settings, tls),
            Tls = tls,
            User = user,
            Password = password,
            From = MailText.Addresses(settings.Require("from")) is [var from] ? from : throw Wrong(settings, "from", "Write one address, such as flow@example.com or Flow <flow@example.com>."),
            To = settings.Find("to") is not { } to ? [] : MailText.Addresses(to) ?? throw Wrong(settings, "to", "Write addresses with commas between them."),
            Timeout = settings.Find("timeout") is not { } text ? TimeSpan.FromSeconds(30) : DurationText.Read(text) is { } span && span > TimeSpan.Zero
                ? span
                : throw Wrong(settings, "timeout", "Write a span such as 500ms, 20s or 5m."),
            Fingerprint = FingerprintOf(settings),
        };
    }

    private static SecureSocketOptions TlsOf(ConnectionSettings settings) => settings.Find("tls")?.ToLowerInvariant() switch
    {
        null or "starttls" => SecureSocketOptions.StartTls,
        "implicit" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => throw Wrong(settings, "tls", "Write starttls, implicit or none."),
    };

    private static int PortOf(ConnectionSettings settings, SecureSocketOptions tls)
    {
        if (settings.Find("port") is not { } text) return tls switch { SecureSocketOptions.SslOnConnect => 465, SecureSocketOptions.None => 25, _ => 587 };
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw Wrong(settings, "port", "Write a number from 1 to 65535.");
    }

    private static string? FingerprintOf(ConnectionSettings settings)
    {
        if (settings.Find("fingerprint") is not { } text) return null;
        var hex = text.Replace(":", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        return hex.Length == 64 && hex.All(char.IsAsciiHexDigit) ? hex : throw Wrong(settings, "fingerprint", "Write the SHA-256 of the certificate: 64 hex digits.");
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    private static ConnectionException Wrong(ConnectionSettings settings, string name, string advice) =>
        new($"'{name}' of connection '{settings.Id}' is '{settings.Find(name)}'. {advice}");
}
