using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Wizart.Flow.Providers.Mail.Sending;

/// <summary>What went wrong with a server, for people.</summary>
internal static class ServerErrors
{
    private const int LongestAnswer = 300;

    /// <summary>The error; null when it is none of a server.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="server">The server.</param>
    /// <param name="refusal">What is wrong with its certificate, when that was refused.</param>
    public static MailException? Of(Exception error, ServerSettings server, string? refusal) => error switch
    {
        SslHandshakeException when refusal is not null => new MailException($"The certificate of {server.Name} is refused: {refusal}", error),
        SslHandshakeException => new MailException($"{server.Name} does not speak TLS in the way that 'tls' says: starttls is usual at port 587, implicit at 465.{Says(error.GetBaseException().Message, server)}", error),
        AuthenticationException => new MailException($"{server.Name} does not accept user '{server.User}' with this password. Check 'user' and 'password' of the connection; some servers want a password made for programs.{Says(error.Message, server)}", error)
        {
            Status = error.InnerException is SmtpCommandException refused ? (int)refused.StatusCode : null,
        },
        SmtpCommandException command => Refused(command, server),
        SmtpProtocolException => new MailException($"{server.Name} does not answer as a mail server does, or broke off. Check 'port' and 'tls' of the connection.{Says(error.Message, server)}", error) { IsTransient = true },
        ServiceNotAuthenticatedException => new MailException($"{server.Name} takes mail only from those who sign in. Add 'user' and 'password' to the connection.", error),
        ServiceNotConnectedException => new MailException($"{server.Name} broke off.", error) { IsTransient = true },
        NotSupportedException when server.Tls == SecureSocketOptions.StartTls && error.Message.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase) =>
            new MailException($"{server.Name} offers no STARTTLS. Check 'port' and 'tls' of the connection: implicit is usual at port 465.", error),
        NotSupportedException => new MailException($"{server.Name} can't do what the mail needs.{Says(error.Message, server)}", error),
        SocketException or IOException => new MailException($"{server.Name} can't be reached: {error.GetBaseException().Message}. Check 'host' and 'port' of the connection.", error) { IsTransient = true },
        _ => null,
    };

    /// <summary>A certificate in words by which a person can tell whether it is the right one.</summary>
    public static string FingerprintOf(X509Certificate certificate) => Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData()));

    private static MailException Refused(SmtpCommandException error, ServerSettings server)
    {
        var what = error.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => $"{server.Name} refuses the recipient {error.Mailbox?.Address}; the mail was sent to nobody.",
            SmtpErrorCode.SenderNotAccepted => $"{server.Name} refuses the sender {error.Mailbox?.Address}. Check 'from' of the connection{(server.User is null ? ", and whether it wants a 'user' and a 'password'" : "")}.",
            SmtpErrorCode.MessageNotAccepted => $"{server.Name} refuses the mail.",
            _ when error.StatusCode == SmtpStatusCode.AuthenticationRequired => $"{server.Name} takes mail only from those who sign in. Add 'user' and 'password' to the connection.",
            _ => $"{server.Name} refuses it.",
        };
        return new MailException($"{what}{Says($"{(int)error.StatusCode} {error.Message}", server)}", error)
        {
            Status = (int)error.StatusCode,
            IsTransient = (int)error.StatusCode is >= 400 and < 500,
        };
    }

    private static string Says(string answer, ServerSettings server)
    {
        var line = answer.ReplaceLineEndings(" ").Trim();
        if (server.Password is { Length: > 0 } password) line = line.Replace(password, "***", StringComparison.Ordinal);
        return line.Length == 0 ? "" : $" It says: {(line.Length > LongestAnswer ? line[..LongestAnswer] + "…" : line)}";
    }
}
