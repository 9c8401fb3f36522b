using System.IO.MemoryMappedFiles;
using System.Net.Sockets;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Worker;

/// <summary>
/// Frames on their way to the pool. Small ones wait in a file mapped into memory, where the pool finds them if this
/// process dies, and go out together: when there are enough of them, after a moment, or when an answer is due. A pool that
/// does not keep up makes whoever writes wait.
/// </summary>
internal sealed unsafe class Outbox : IDisposable
{
    private const int FlushAbove = 64 * 1024;
    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(40);
    private readonly Socket _socket;
    private readonly Lock _lock = new();
    private readonly FrameWriter _writer = new();
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _map;
    private readonly ITimer _flush;
    private int _length;
    private long _position;
    private bool _isFlushDue;

    public Outbox(Socket socket, string path)
    {
        _socket = socket;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, OutboxLayout.FileSize);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _map);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        _flush = TimeProvider.System.CreateTimer(_ => OnFlushDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Marks for the pool that this order has been begun.</summary>
    public void Begin(long serial) => Volatile.Write(ref *(long*)(_map + OutboxLayout.SerialOffset), serial);

    /// <summary>Puts an event in; it goes out soon.</summary>
    public void Tell(AttemptEvent happened)
    {
        lock (_lock)
        {
            Put(_writer.Begin(FrameKind.Event).Json(happened, ExecutionJson.Default.AttemptEvent).End().Span);
            if (happened is AttemptEvent.Ended || _length > FlushAbove) Flush();
            else Arm();
        }
    }

    /// <summary>Sends a frame at once, after all that waits.</summary>
    public void Send(FrameKind kind, Action<FrameWriter> content)
    {
        lock (_lock)
        {
            content(_writer.Begin(kind));
            Put(_writer.End().Span);
            Flush();
        }
    }

    public void Dispose()
    {
        _flush.Dispose();
        _writer.Dispose();
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private void Put(ReadOnlySpan<byte> frame)
    {
        if (_length + frame.Length > OutboxLayout.Capacity) Flush();
        if (frame.Length > OutboxLayout.Capacity)
        {
            SendAll(frame);
            return;
        }

        frame.CopyTo(new Span<byte>(_map + OutboxLayout.DataOffset + _length, frame.Length));
        SetLength(_length + frame.Length);
    }

    private void Flush()
    {
        if (_length == 0) return;
        var waiting = new ReadOnlySpan<byte>(_map + OutboxLayout.DataOffset, _length);
        SendAll(waiting);
    }

    // The length goes to zero before the position moves on: dying in between, nothing is found twice.
    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Length;
        while (!bytes.IsEmpty) bytes = bytes[SendSome(bytes)..];
        SetLength(0);
        _position += count;
        Volatile.Write(ref *(long*)(_map + OutboxLayout.PositionOffset), _position);
    }

    private int SendSome(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _socket.Send(bytes);
        }
        catch (SocketException)
        {
            ProcessGroup.KillOwn(); // the pool is gone, and nobody wants this work any more
            throw;
        }
    }

    private void SetLength(int length)
    {
        _length = length;
        Volatile.Write(ref *(int*)(_map + OutboxLayout.LengthOffset), length);
    }

    private void Arm()
    {
        if (_isFlushDue) return;
        _isFlushDue = true;
        _flush.Change(FlushAfter, Timeout.InfiniteTimeSpan);
    }

    private void OnFlushDue()
    {
        lock (_lock)
        {
            _isFlushDue = false;
            Flush();
        }
    }
}
