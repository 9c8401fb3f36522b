using System.Net.Sockets;
using System.Text;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>
/// What a worker process prints past its console: native code, child processes, the runtime's last words. It belongs to
/// the attempt at work. Bytes are taken off the socket only under the lock, so that whoever ends an attempt can take what
/// is still in it, and nothing is in between.
/// </summary>
internal sealed class RawOutput : IDisposable
{
    private const int ChunkSize = 64 * 1024;
    private const int CrashTextKept = 16 * 1024;
    private readonly Socket _socket;
    private readonly Lock _lock = new();
    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly StringBuilder _text = new();
    private AttemptLog? _log;
    private ByteLines? _lines;

    public RawOutput(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
    }

    /// <summary>What was printed last, a few KB of it: of a crash this is its reason.</summary>
    public string Recent
    {
        get
        {
            lock (_lock) return _text.ToString();
        }
    }

    /// <summary>Reads until the socket is closed.</summary>
    public async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                // Waits without taking anything.
                await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
                lock (_lock)
                {
                    if (Take(_chunk) == 0) return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The worker is gone, or done with.
        }
    }

    /// <summary>From now on what comes belongs to this attempt; to nobody when null, which drops it.</summary>
    public void Attach(AttemptLog? log)
    {
        lock (_lock)
        {
            _log = log;
            _lines = null;
            _text.Clear();
        }
    }

    /// <summary>Takes what has been printed up to now, tells its last line, and lets go of the attempt.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            Drain();
            _lines?.Flush();
            (_log, _lines) = (null, null);
        }
    }

    /// <summary>Takes what has been printed up to now.</summary>
    public void Catch()
    {
        lock (_lock) Drain();
    }

    public void Dispose() => _socket.Dispose();

    // Not until it is empty: a process left behind could go on printing for ever.
    private void Drain()
    {
        try
        {
            for (var left = _socket.Available; left > 0;)
            {
                var taken = Take(_chunk.AsSpan(0, Math.Min(left, ChunkSize)));
                if (taken <= 0) return;
                left -= taken;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed: there is nothing more to come.
        }
    }

    // How many bytes were there: 0 at the end of the stream, -1 when there are none now.
    private int Take(Span<byte> chunk)
    {
        var taken = _socket.Receive(chunk, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return -1;
        if (error != SocketError.Success || taken == 0) return 0;
        var bytes = chunk[..taken];
        Remember(bytes);
        if (_log is { } log)
        {
            _lines ??= new ByteLines(new LineBuffer(line => log.Write(LogLevel.Information, Execution.LogSource.Output, line)));
            if (!log.IsFull) _lines.Add(bytes);
        }

        return taken;
    }

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > CrashTextKept) bytes = bytes[^CrashTextKept..];
        _text.Append(Encoding.UTF8.GetString(bytes));
        if (_text.Length > CrashTextKept) _text.Remove(0, _text.Length - CrashTextKept);
    }
}
