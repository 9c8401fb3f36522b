using System.Text;

namespace Wizart.Flow.Providers.Shell.Lines;

/// <summary>
/// Makes lines of bytes as they come. A progress bar's return begins a new line; a line that does not end is given out in
/// pieces, so that no program can fill the memory.
/// </summary>
internal sealed class LineSplitter(Action<string> onLine)
{
    private const int LongestLine = 8000;
    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();
    private readonly StringBuilder _line = new();
    private char[] _characters = [];
    private bool _afterReturn;

    public void Add(ReadOnlySpan<byte> bytes) => Decode(bytes, isEnd: false);

    /// <summary>There is no more: gives out what had no end of line.</summary>
    public void End()
    {
        Decode([], isEnd: true);
        if (_line.Length > 0) Give();
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var most = Encoding.UTF8.GetMaxCharCount(bytes.Length + 4);
        if (_characters.Length < most) _characters = new char[most];
        var count = _decoder.GetChars(bytes, _characters, isEnd);
        foreach (var character in _characters.AsSpan(0, count)) Take(character);
    }

    private void Take(char character)
    {
        var ends = character is '\n' or '\r';
        if (character == '\n' && _afterReturn)
        {
            _afterReturn = false;
            return;
        }

        _afterReturn = character == '\r';
        if (ends)
        {
            Give();
            return;
        }

        _line.Append(character);
        if (_line.Length >= LongestLine && !char.IsHighSurrogate(character)) Give();
    }

    private void Give()
    {
        var line = _line.ToString();
        _line.Clear();
        onLine(line);
    }
}
