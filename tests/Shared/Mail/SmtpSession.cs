using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Wizart.Flow.TestServers;

/// <summary>One client's conversation with the server.</summary>
internal sealed class SmtpSession(SmtpServer server, TcpClient client)
{
    private readonly List<string> _to = [];
    private Stream _stream = client.GetStream();
    private string? _from;
    private string? _user;

    public async Task RunAsync(CancellationToken closed)
    {
        using (client)
        {
            try
            {
                if (server.IsSilent) await Task.Delay(Timeout.Infinite, closed);
                if (server.IsImplicitTls) await EncryptAsync(closed);
                await SayAsync("220 mail.test ESMTP", closed);
                while (await HearAsync(closed) is { } line)
                {
                    server.Commands.Enqueue(line);
                    if (!await AnswerAsync(line, closed)) return;
                }
            }
            catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException)
            {
                server.Commands.Enqueue($"({error.GetType().Name})");
            }
            finally
            {
                await _stream.DisposeAsync();
            }
        }
    }

    private async Task<bool> AnswerAsync(string line, CancellationToken closed)
    {
        var words = line.Split(' ', 3);
        switch (words[0].ToUpperInvariant())
        {
            case "EHLO":
                var auth = server.Account is null ? "" : "250-AUTH PLAIN LOGIN\r\n";
                var tls = server.OffersStartTls && _stream is not SslStream ? "250-STARTTLS\r\n" : "";
                await SayAsync($"250-mail.test\r\n{tls}{auth}250 8BITMIME", closed);
                return true;
            case "STARTTLS":
                await SayAsync("220 Go ahead", closed);
                await EncryptAsync(closed);
                return true;
            case "AUTH":
                await SignInAsync(words, closed);
                return true;
            case "MAIL":
                if (server.Account is not null && _user is null) return await SayAsync("530 5.7.0 Authentication required", closed);
                _from = Address(line);
                _to.Clear();
                return await SayAsync("250 Ok", closed);
            case "RCPT":
                if (server.Refused.TryGetValue(Address(line), out var refusal)) return await SayAsync(refusal, closed);
                _to.Add(Address(line));
                return await SayAsync("250 Ok", closed);
            case "DATA":
                await TakeAsync(closed);
                return true;
            case "RSET" or "NOOP":
                return await SayAsync("250 Ok", closed);
            case "QUIT":
                await SayAsync("221 Bye", closed);
                return false;
            default:
                return await SayAsync("502 Not known", closed);
        }
    }

    private async Task SignInAsync(string[] words, CancellationToken closed)
    {
        string user, password;
        if (words[1] == "PLAIN")
        {
            var given = words.Length > 2 ? words[2] : await AskAsync("", closed);
            var parts = Decode(given).Split('\0');
            (user, password) = (parts[1], parts[2]);
        }
        else
        {
            user = Decode(await AskAsync("Username:", closed));
            password = Decode(await AskAsync("Password:", closed));
        }

        var isRight = (user, password) == server.Account;
        if (isRight) _user = user;
        // A careless server repeats what it was told.
        await SayAsync(isRight ? "235 2.7.0 Welcome" : $"535 5.7.8 Not accepted: {password}", closed);
    }

    private async Task TakeAsync(CancellationToken closed)
    {
        await SayAsync("354 Go on", closed);
        var data = new StringBuilder();
        while (await HearAsync(closed) is { } line && line != ".") data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        if (server.AnswerToData.StartsWith('2'))
            server.Mails.Enqueue(new ReceivedMail(_from ?? "", [.. _to], data.ToString(), _stream is SslStream, _user));
        await SayAsync(server.AnswerToData, closed);
    }

    private async Task<string> AskAsync(string question, CancellationToken closed)
    {
        await SayAsync("334 " + Convert.ToBase64String(Encoding.UTF8.GetBytes(question)), closed);
        return await HearAsync(closed) ?? "";
    }

    private async Task EncryptAsync(CancellationToken closed)
    {
        var encrypted = new SslStream(_stream);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, closed);
        _stream = encrypted;
    }

    private async Task<bool> SayAsync(string text, CancellationToken closed)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), closed);
        await _stream.FlushAsync(closed);
        return true;
    }

    // By the byte, because a reader that reads ahead would eat the beginning of TLS.
    private async Task<string?> HearAsync(CancellationToken closed)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await _stream.ReadAsync(next, closed) == 1)
        {
            if (next[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(next[0]);
        }

        return null;
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
