using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wizart.Flow.TestServers;

/// <summary>A mail as the server took it.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="To">The envelope's recipients.</param>
/// <param name="Data">The message itself, dots unstuffed, lines ended by CR LF.</param>
/// <param name="IsEncrypted">Whether it came through TLS.</param>
/// <param name="User">Who had signed in; null for nobody.</param>
internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Data, bool IsEncrypted, string? User);

/// <summary>A small mail server on loopback: RFC 5321 with STARTTLS, TLS from the start, and AUTH PLAIN and LOGIN.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private Task _accepting = Task.CompletedTask;

    private SmtpServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public X509Certificate2 Certificate { get; }

    public string Fingerprint => Convert.ToHexString(SHA256.HashData(Certificate.RawData));

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool OffersStartTls { get; init; } = true;

    public bool IsImplicitTls { get; init; }

    /// <summary>Says nothing to whoever connects.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Who may sign in, and must; null when anybody may send.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>What is answered to a recipient instead of "ok", by address.</summary>
    public Dictionary<string, string> Refused { get; } = [];

    /// <summary>What is answered to the whole message.</summary>
    public string AnswerToData { get; set; } = "250 2.0.0 Queued";

    public ConcurrentQueue<ReceivedMail> Mails { get; } = new();

    /// <summary>All that clients said, but for messages.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public static SmtpServer Start(bool implicitTls = false, bool startTls = true, bool silent = false, (string User, string Password)? account = null)
    {
        var server = new SmtpServer { IsImplicitTls = implicitTls, OffersStartTls = startTls && !implicitTls, IsSilent = silent, Account = account };
        server._listener.Start();
        server._accepting = server.AcceptAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        Certificate.Dispose();
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_closed.Token);
                _sessions[new SmtpSession(this, client).RunAsync(_closed.Token)] = true;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Commands.Enqueue("(closed)");
        }
    }
}
