using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>Why the pool killed a worker.</summary>
internal enum KillCause
{
    None,
    IgnoredStop,
    MemoryLimit,
    TooSlow,
    PoolClosed,
}

/// <summary>A worker process and the ways to it. One order at a time; whoever holds it has it alone.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan ExitTime = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly Socket _control;
    private readonly SafeFileHandle _outbox;
    private readonly HashSet<string> _images = [];
    private readonly Lock _lock = new();
    private long _atWork;
    private KillCause _killCause;
    private bool _isAtEnd;

    public WorkerProcess(Process process, Socket control, Socket output, SafeFileHandle outbox, long memoryLimit)
    {
        (_process, _control, _outbox) = (process, control, outbox);
        Id = process.Id;
        MemoryLimit = memoryLimit;
        Output = new RawOutput(output);
        _ = Output.ReadAsync();
        // They have served to tell why it does not start; from here on it prints to a socket.
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
    }

    public int Id { get; }

    public long MemoryLimit { get; }

    public RawOutput Output { get; }

    public FrameReader Reader { get; } = new();

    public FrameWriter Writer { get; } = new();

    /// <summary>How many orders it has had; also the serial of the last one.</summary>
    public long Serial { get; private set; }

    /// <summary>The serial of the order it works on; 0 for none.</summary>
    public long AtWork
    {
        get
        {
            lock (_lock) return _atWork;
        }
    }

    /// <summary>How many different scripts it has loaded.</summary>
    public int Images => _images.Count;

    /// <summary>When it was last given back, by the time provider's timestamp.</summary>
    public long IdleSince { get; set; }

    /// <summary>Whether it is dead and has been read to its end.</summary>
    public bool IsAtEnd => _isAtEnd;

    public bool HasExited => _process.HasExited;

    public KillCause KillCause
    {
        get
        {
            lock (_lock) return _killCause;
        }
    }

    public int ExitCode => _process.ExitCode;

    public long Memory => ProcessMemory.Of(_process);

    /// <summary>Begins an order: the serial that its frames carry.</summary>
    public long Begin(string imageHash)
    {
        _images.Add(imageHash);
        lock (_lock) return _atWork = ++Serial;
    }

    /// <summary>Its order is over; nobody may kill it for that order any more.</summary>
    public void Finish()
    {
        lock (_lock) _atWork = 0;
    }

    /// <summary>Whether the worker has begun its order; what it had not begun has had no effect.</summary>
    public bool HasBegun => OutboxLayout.ReadSerial(_outbox) == Serial;

    /// <summary>Sends a frame; false when the worker is gone.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> frame)
    {
        try
        {
            while (!frame.IsEmpty) frame = frame[await _control.SendAsync(frame, SocketFlags.None)..];
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Sends a small frame at once; a worker that is gone does not need it any more.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        try
        {
            _control.Send(frame);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Its end is noticed by whoever reads from it.
        }
    }

    /// <summary>Waits for more frames; false when it is dead and all it said has been read, its outbox included.</summary>
    public async ValueTask<bool> ReadMoreAsync()
    {
        if (_isAtEnd) return false;
        try
        {
            var count = await _control.ReceiveAsync(Reader.Free(), SocketFlags.None);
            Reader.Advance(count);
            if (count > 0) return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken off: the same as its end.
        }

        _isAtEnd = true;
        await ExitAsync();
        ProcessGroup.Kill(_process); // what its body has left running
        Reader.Append(OutboxLayout.ReadRest(_outbox, Reader.Received));
        Output.Catch();
        return true;
    }

    /// <summary>Kills it and all it started, if it still works on that order. The first cause counts.</summary>
    public void Kill(KillCause cause, long serial)
    {
        lock (_lock)
        {
            if (_atWork != serial || serial == 0) return;
            if (_killCause == KillCause.None) _killCause = cause;
        }

        ProcessGroup.Kill(_process);
    }

    /// <summary>Lets it go: it ends by itself when its socket is closed.</summary>
    public void Dispose()
    {
        _control.Dispose();
        Writer.Dispose();
        Output.Dispose();
        _outbox.Dispose();
        _ = ReapAsync();
    }

    private async Task ReapAsync()
    {
        await ExitAsync();
        _process.Dispose();
    }

    // A process that has closed its socket without ending is made to.
    private async Task ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(ExitTime);
        }
        catch (TimeoutException)
        {
            ProcessGroup.Kill(_process);
            await _process.WaitForExitAsync();
        }
    }
}
