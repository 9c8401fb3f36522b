using System.Globalization;
using System.Text;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>A row of one of Locust's files; fields are found by the names in the header.</summary>
internal sealed class CsvRow(IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> fields)
{
    private const string NotThere = "N/A";

    public IEnumerable<string> Columns => columns.Keys;

    public string Text(string column) => columns.TryGetValue(column, out var at) && at < fields.Count ? fields[at] : "";

    public long Count(string column) => (long)Number(column);

    /// <summary>The number; 0 where Locust has none to tell.</summary>
    /// <exception cref="FormatException">It is no number: another version of Locust writes other files.</exception>
    public double Number(string column)
    {
        var text = Text(column);
        if (text is "" or NotThere) return 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? double.IsFinite(number) ? number : 0
            : throw new FormatException($"Locust has written '{text}' as its '{column}', which is no number.");
    }

    public TimeSpan Milliseconds(string column) => TimeSpan.FromMilliseconds(Number(column));

    /// <summary>All rows of a whole file.</summary>
    public static IReadOnlyList<CsvRow> Read(string text)
    {
        var reader = new CsvReader();
        return [.. reader.Add(text), .. reader.End()];
    }
}

/// <summary>Reads a file as it grows. A row counts when its line is complete.</summary>
internal sealed class CsvReader
{
    private readonly StringBuilder _field = new();
    private List<string> _fields = [];
    private Dictionary<string, int>? _columns;
    private bool _quoted;

    /// <summary>The rows that these characters complete.</summary>
    public IEnumerable<CsvRow> Add(string text)
    {
        var rows = new List<CsvRow>();
        foreach (var character in text) Take(character, rows);
        return rows;
    }

    /// <summary>The last row, where it has no end of line.</summary>
    public IEnumerable<CsvRow> End() => _field.Length > 0 || _fields.Count > 0 ? Add("\n") : [];

    private void Take(char character, List<CsvRow> rows)
    {
        // A doubled quote inside quotes closes and opens again; it adds itself when it opens behind a closed one.
        if (character == '"')
        {
            if (!_quoted && _field.Length > 0) _field.Append('"');
            _quoted = !_quoted;
        }
        else if (_quoted || character is not (',' or '\n' or '\r')) _field.Append(character);
        else if (character == ',') EndField();
        else if (character == '\n') EndRow(rows);
    }

    private void EndField()
    {
        _fields.Add(_field.ToString());
        _field.Clear();
    }

    private void EndRow(List<CsvRow> rows)
    {
        EndField();
        var fields = _fields;
        _fields = [];
        if (fields is [""]) return;
        if (_columns is null) _columns = fields.Select((name, at) => (name, at)).DistinctBy(c => c.name).ToDictionary(c => c.name, c => c.at);
        else rows.Add(new CsvRow(_columns, fields));
    }
}
