using System.Text;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>Makes lines of UTF-8 bytes that come in pieces, by the rules of <see cref="LineBuffer"/>. Bytes that are no UTF-8 become U+FFFD.</summary>
internal sealed class ByteLines(LineBuffer lines)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly char[] _chars = new char[8 * 1024];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _decoder.Convert(bytes, _chars, flush: false, out var used, out var made, out _);
            lines.Add(_chars.AsSpan(0, made));
            bytes = bytes[used..];
        }
    }

    public void Flush()
    {
        _decoder.Convert([], _chars, flush: true, out _, out var made, out _);
        lines.Add(_chars.AsSpan(0, made));
        lines.Flush();
    }
}
