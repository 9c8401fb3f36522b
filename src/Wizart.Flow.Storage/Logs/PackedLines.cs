using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Logs;

/// <summary>
/// A batch of log lines as one blob: UTF-8, one line of JSON each, <c>[microseconds,level,source,"text"]</c>. Compact, and
/// still readable where only a database shell is at hand.
/// </summary>
internal sealed class PackedLines : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;

    public PackedLines() => _writer = new Utf8JsonWriter(_buffer, Options);

    /// <summary>The packed lines; valid until the next call. For one thread at a time.</summary>
    public ReadOnlySpan<byte> Pack(IReadOnlyList<LogLine> lines)
    {
        _buffer.ResetWrittenCount();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            _writer.Reset();
            _writer.WriteStartArray();
            _writer.WriteNumberValue(UnixMicroseconds.From(line.Time));
            _writer.WriteNumberValue((int)line.Level);
            _writer.WriteNumberValue((int)line.Source);
            _writer.WriteStringValue(line.Text);
            _writer.WriteEndArray();
            _writer.Flush();
            _buffer.Write("\n"u8);
        }

        return _buffer.WrittenSpan;
    }

    /// <summary>Takes lines of a packed batch.</summary>
    /// <param name="packed">The batch.</param>
    /// <param name="skip">How many of its lines to leave out at its beginning.</param>
    public static IEnumerable<LogLine> Unpack(ReadOnlyMemory<byte> packed, int skip)
    {
        while (!packed.IsEmpty)
        {
            var end = packed.Span.IndexOf((byte)'\n');
            var line = end < 0 ? packed : packed[..end];
            packed = end < 0 ? default : packed[(end + 1)..];
            if (skip-- <= 0) yield return Read(line.Span);
        }
    }

    public void Dispose() => _writer.Dispose();

    private static LogLine Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        reader.Read();
        var time = UnixMicroseconds.ToTime(reader.GetInt64());
        reader.Read();
        var level = (LogLevel)reader.GetInt32();
        reader.Read();
        var source = (LogSource)reader.GetInt32();
        reader.Read();
        return new LogLine(time, level, source, reader.GetString() ?? "");
    }
}
