using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MimeKit;
using Wizart.Flow.Callbacks;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Mail.Messages;
using Wizart.Flow.Providers.Mail.Sending;

namespace Wizart.Flow.Providers.Mail;

/// <summary>
/// A mail server, behind a connection of type <c>smtp</c>. For bodies (<see cref="Send(Mail)"/>) and for callbacks
/// (<c>OnFailure(mail)</c>), which go to the connection's default recipients.
/// </summary>
public sealed class MailServer : INotificationChannel
{
    private readonly ServerSettings _server;
    private readonly ConnectionScope _scope;

    /// <summary>A client. It connects for each mail.</summary>
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public MailServer(ConnectionSettings settings, ConnectionScope scope)
    {
        _server = ServerSettings.Read(settings);
        _scope = scope;
    }

    /// <summary>Sends a mail to all of its recipients, or to none when the server refuses one of them. Nothing is tried again.</summary>
    /// <exception cref="MailException">It was refused, or nobody answered.</exception>
    public Task Send(Mail mail) => Send(mail, CancellationToken.None);

    /// <inheritdoc cref="Send(Mail)"/>
    public async Task Send(Mail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.Recipients.Count == 0 && mail.Copies.Count == 0 && _server.To.Count == 0)
            throw new MailException($"The mail '{mail.Subject}' has no recipient. Add To(\"ann@example.com\"), or 'to' to the connection '{_server.Id}'.");
        using var message = MimeMail.Of(mail, _server.From, mail.Copies.Count > 0 ? [] : _server.To, _scope.Time.GetUtcNow());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _scope.Cancellation);
        await Speak(message, ended.Token);
    }

    /// <summary>Tells the default recipients. Of a burst of the same kind the first is told at once and the others together.</summary>
    /// <exception cref="MailException">It was not told, or is held back for a moment to be told with others; to be tried again.</exception>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (_server.To.Count == 0) throw new MailException($"Connection '{_server.Id}' has no 'to'. Add those who are to be told to the connection's settings.");
        await Burst.TellAsync(
            Place(), _scope.Time, notification, why => new MailException(why) { IsTransient = true }, told => Send(NotificationMails.Of(told), cancellation));
    }

    /// <summary>Connects and signs in, and sends nothing.</summary>
    /// <exception cref="MailException">It was refused, or nobody answered.</exception>
    internal async Task<string> Greet(CancellationToken cancellation)
    {
        await Speak(null, cancellation);
        return _server.User is { } user ? $"{_server.Host}:{_server.Port} accepts '{user}'." : $"{_server.Host}:{_server.Port} answers; nobody signs in.";
    }

    /// <summary>Whom a burst would flood.</summary>
    private Uri Place() => new($"smtp://{_server.Host}:{_server.Port}/?to={Uri.EscapeDataString(string.Join(',', _server.To.Select(t => t.Address)))}");

    private async Task Speak(MimeMessage? message, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_server.Timeout, _scope.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        string? refusal = null;
        using var client = new SmtpClient();
        // The token decides how long is waited, by the scope's clock.
        client.Timeout = Timeout.Infinite;
        // Asking authorities on the network whether a certificate was called back is not what other clients here do either.
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, _, problems) => (refusal = Refusal(certificate, problems)) is null;
        var isSent = false;
        var isOffered = false;
        try
        {
            await client.ConnectAsync(_server.Host, _server.Port, _server.Tls, either.Token);
            if (_server is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, either.Token);
            isOffered = message is not null;
            if (message is not null) await client.SendAsync(message, either.Token);
            isSent = true;
            await client.DisconnectAsync(quit: true, either.Token);
        }
        catch (Exception error) when (isSent)
        {
            _scope.Log($"{_server.Name} took the mail and then broke off: {error.GetBaseException().Message}", LogLevel.Debug);
        }
        catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new MailException($"{_server.Name} did not answer within {Seconds(_server.Timeout)}{(isOffered ? "; the mail may have been sent all the same" : "")}. Check 'host', 'port' and 'tls' of the connection.", error) { IsTransient = true };
        }
        catch (Exception error) when (ServerErrors.Of(error, _server, refusal) is { } told)
        {
            throw told;
        }
    }

    /// <summary>Why a certificate is not accepted, or null.</summary>
    private string? Refusal(X509Certificate? certificate, SslPolicyErrors problems)
    {
        if (certificate is null) return "it shows none.";
        var shown = ServerErrors.FingerprintOf(certificate);
        if (_server.Fingerprint is { } expected)
            return shown == expected ? null : $"its fingerprint is {shown}, not the one in the connection. Somebody may stand between, or the server has a new certificate.";
        if (problems == SslPolicyErrors.None) return null;
        var reasons = new List<string>();
        if (problems.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) reasons.Add($"it is not for {_server.Host}");
        if (problems.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) reasons.Add("it is signed by nobody this machine trusts, or no longer valid");
        return $"{string.Join(", and ", reasons)} ({certificate.Subject}). When it is your own, put \"fingerprint\": \"{shown}\" into the connection.";
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
