using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>Waits for workers to connect and knows each by its token; whoever shows none is turned away.</summary>
internal sealed class WorkerListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Socket>> _expected = new();

    public WorkerListener(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(128);
        Accepting = AcceptAsync();
    }

    public Task Accepting { get; }

    /// <summary>The socket that will greet with this token in this role.</summary>
    public Task<Socket> Expect(byte[] token, SocketRole role)
    {
        var arrival = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected[Key(token, (byte)role)] = arrival;
        return arrival.Task;
    }

    /// <summary>Nobody with this token is waited for any more.</summary>
    public void Forget(byte[] token)
    {
        foreach (var role in (ReadOnlySpan<SocketRole>)[SocketRole.Control, SocketRole.Output])
            if (_expected.TryRemove(Key(token, (byte)role), out var arrival)) arrival.TrySetCanceled();
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = GreetAsync(await _listener.AcceptAsync());
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
        }
    }

    private async Task GreetAsync(Socket socket)
    {
        try
        {
            var greeting = new byte[WorkerProtocol.TokenSize + 1];
            for (var read = 0; read < greeting.Length;)
            {
                var count = await socket.ReceiveAsync(greeting.AsMemory(read), SocketFlags.None);
                if (count == 0) break;
                read += count;
            }

            if (_expected.TryRemove(Key(greeting.AsSpan(0, WorkerProtocol.TokenSize), greeting[^1]), out var arrival)
                && arrival.TrySetResult(socket)) return;
            socket.Dispose();
        }
        catch (SocketException)
        {
            socket.Dispose(); // gone before it had greeted
        }
    }

    private static string Key(ReadOnlySpan<byte> token, byte role) => Convert.ToHexString(token) + role;
}
