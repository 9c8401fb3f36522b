using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>Builds one frame at a time in a buffer that is used again.</summary>
internal sealed class FrameWriter : IDisposable
{
    private const int KeptCapacity = 1024 * 1024;
    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _buffer = new(4 * 1024);
    private FrameKind _kind;

    public FrameWriter()
    {
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
        _json = new Utf8JsonWriter(_buffer, options);
    }

    public FrameWriter Begin(FrameKind kind)
    {
        _kind = kind;
        if (_buffer.Capacity > KeptCapacity) _buffer = new ArrayBufferWriter<byte>(4 * 1024);
        _buffer.ResetWrittenCount();
        _buffer.GetSpan(WorkerProtocol.HeaderSize);
        _buffer.Advance(WorkerProtocol.HeaderSize);
        return this;
    }

    public FrameWriter Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public FrameWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    public FrameWriter Json<T>(T value, JsonTypeInfo<T> type)
    {
        _json.Reset(_buffer);
        JsonSerializer.Serialize(_json, value, type);
        _json.Flush();
        return this;
    }

    /// <summary>The frame, whole; good until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> End()
    {
        var frame = _buffer.WrittenMemory;
        var header = MemoryMarshal.AsMemory(frame[..WorkerProtocol.HeaderSize]);
        WorkerProtocol.WriteHeader(header.Span, _kind, frame.Length - WorkerProtocol.HeaderSize);
        return frame;
    }

    public void Dispose() => _json.Dispose();
}
