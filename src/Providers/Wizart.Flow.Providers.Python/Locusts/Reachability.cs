using System.Net.Sockets;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>Looks whether a server takes connections at all, before a test of it begins.</summary>
internal static class Reachability
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <exception cref="Fail">It does not.</exception>
    public static async Task CheckAsync(Uri url, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(url.IdnHost, url.Port, either.Token);
        }
        catch (SocketException e)
        {
            throw new Fail($"The load test has not begun, because {url.Host}:{url.Port} can't be reached: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new Fail($"The load test has not begun, because {url.Host}:{url.Port} did not answer within {Limit.TotalSeconds} s.");
        }
    }
}
