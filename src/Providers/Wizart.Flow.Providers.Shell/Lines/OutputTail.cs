using System.Text;

namespace Wizart.Flow.Providers.Shell.Lines;

/// <summary>The last lines of an output, up to a number of characters.</summary>
internal sealed class OutputTail(int limit)
{
    private readonly Queue<string> _lines = new();
    private int _length;

    /// <summary>Whether there was more than is kept.</summary>
    public bool IsCut { get; private set; }

    public string Text
    {
        get
        {
            var text = new StringBuilder(_length);
            foreach (var line in _lines) text.Append(line).Append('\n');
            if (text.Length > 0) text.Length--;
            return text.ToString();
        }
    }

    public void Add(string line)
    {
        if (line.Length > limit) (line, IsCut) = (line[^limit..], true);
        _lines.Enqueue(line);
        _length += line.Length + 1;
        while (_length > limit + 1 && _lines.Count > 1)
        {
            _length -= _lines.Dequeue().Length + 1;
            IsCut = true;
        }
    }
}
