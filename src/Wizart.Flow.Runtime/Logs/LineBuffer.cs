using System.Text;

namespace Wizart.Flow.Runtime.Logs;

/// <summary>Makes lines of text that comes in pieces. A line ends at <c>\n</c> (a <c>\r</c> before it is left out) or when it is too long.</summary>
internal sealed class LineBuffer(Action<string> tell)
{
    /// <summary>Longer lines are split.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly StringBuilder _open = new();

    public void Add(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var room = LongestLine - _open.Length;
            var end = text[..Math.Min(room + 1, text.Length)].IndexOf('\n');
            if (end >= 0)
            {
                Finish(text[..end]);
                text = text[(end + 1)..];
            }
            else if (text.Length <= room)
            {
                _open.Append(text);
                return;
            }
            else
            {
                if (room > 0 && char.IsHighSurrogate(text[room - 1])) room--;
                Finish(text[..room]);
                text = text[room..];
            }
        }
    }

    /// <summary>Adds text and an end of line.</summary>
    public void AddLine(ReadOnlySpan<char> text)
    {
        if (_open.Length == 0 && text.Length <= LongestLine && !text.Contains('\n'))
        {
            Finish(text);
            return;
        }

        Add(text);
        Finish([]);
    }

    /// <summary>Tells what stands on the last line, if it has no end.</summary>
    public void Flush()
    {
        if (_open.Length > 0) Finish([]);
    }

    private void Finish(ReadOnlySpan<char> rest)
    {
        string line;
        if (_open.Length == 0)
        {
            line = new string(rest.TrimEnd('\r'));
        }
        else
        {
            line = _open.Append(rest).ToString().TrimEnd('\r');
            _open.Clear();
        }

        tell(line);
    }
}
