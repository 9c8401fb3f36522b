using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Wizart.Flow.Host.Tests.Support;

/// <summary>A receiver of webhooks on this machine.</summary>
internal sealed class WebhookListener : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _listening;
    private readonly ConcurrentQueue<JsonElement> _calls = new();

    public WebhookListener(int? port = null)
    {
        Port = port ?? FreePort();
        _listener = new HttpListener();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _listening = ListenAsync();
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/hooks/s3cret-path";

    /// <summary>What is answered to the call of this number, from one.</summary>
    public Func<int, int> Answer { get; set; } = _ => 200;

    /// <summary>The bodies that came, those answered with an error included.</summary>
    public IReadOnlyList<JsonElement> Calls => [.. _calls];

    /// <summary>The last call's bearer token.</summary>
    public string? Authorization { get; private set; }

    /// <summary>Waits until so many calls have come.</summary>
    public Task<IReadOnlyList<JsonElement>> CallsAsync(int count, DaemonProcess daemon) => Eventually.GetAsync<IReadOnlyList<JsonElement>>(
        () => Task.FromResult(Calls.Count >= count ? Calls : null), () => $"{count} calls of the webhook, there are {Calls.Count}.\n{daemon.Output}");

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _listening;
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return; // it was closed
            }

            using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
            Authorization = context.Request.Headers["Authorization"];
            _calls.Enqueue(body.RootElement.Clone());
            context.Response.StatusCode = Answer(_calls.Count);
            context.Response.Close();
        }
    }
}
