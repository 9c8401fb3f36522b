using System.Buffers.Binary;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>Cuts what comes over a socket into frames. Its buffer is used again and again.</summary>
internal sealed class FrameReader
{
    private const int UsualSize = 64 * 1024;
    private byte[] _buffer = new byte[UsualSize];
    private int _start;
    private int _end;

    /// <summary>How many bytes have come, ever.</summary>
    public long Received { get; private set; }

    /// <summary>Takes the next frame, if it is whole. Its payload is good until <see cref="Free"/> is called.</summary>
    /// <exception cref="InvalidDataException">What came is no frame.</exception>
    public bool TryTake(out FrameKind kind, out ReadOnlyMemory<byte> payload)
    {
        kind = default;
        payload = default;
        if (_end - _start < WorkerProtocol.HeaderSize) return false;
        var length = PendingLength();
        if (_end - _start - WorkerProtocol.HeaderSize < length) return false;
        kind = (FrameKind)_buffer[_start + 4];
        payload = _buffer.AsMemory(_start + WorkerProtocol.HeaderSize, length);
        _start += WorkerProtocol.HeaderSize + length;
        return true;
    }

    /// <summary>Room for what comes next.</summary>
    public Memory<byte> Free()
    {
        var pending = _end - _start;
        if (pending == 0)
        {
            _start = _end = 0;
            // One large value should not keep its room for ever.
            if (_buffer.Length > UsualSize * 16) _buffer = new byte[UsualSize];
        }

        var needed = pending >= WorkerProtocol.HeaderSize ? WorkerProtocol.HeaderSize + PendingLength() : WorkerProtocol.HeaderSize;
        if (_buffer.Length - _start < needed || _end == _buffer.Length)
        {
            var target = needed <= _buffer.Length && pending < _buffer.Length ? _buffer : new byte[Math.Max(needed, _buffer.Length * 2)];
            Buffer.BlockCopy(_buffer, _start, target, 0, pending);
            _buffer = target;
            (_start, _end) = (0, pending);
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>So many bytes have been put into <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        _end += count;
        Received += count;
    }

    /// <summary>Adds bytes that came another way.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = Free().Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            Advance(count);
            bytes = bytes[count..];
        }
    }

    private int PendingLength()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
        return length is >= 0 and <= WorkerProtocol.LargestPayload
            ? length
            : throw new InvalidDataException($"A frame of {length} bytes was announced; the other side does not speak this protocol.");
    }
}
