using System.Text.Json.Nodes;

namespace Wizart.Flow.TestServers.Sheets;

/// <summary>A sheet of the fake: cells by row and column, both from 0.</summary>
internal sealed class GridSheet(int id, string title, int rows, int columns)
{
    public int Id => id;

    public string Title => title;

    public int Rows { get; set; } = rows;

    public int Columns { get; set; } = columns;

    public int FrozenRows { get; set; }

    public JsonNode? HeaderFormat { get; set; }

    public List<JsonObject> Charts { get; private init; } = [];

    /// <summary>Values of cells that are not empty.</summary>
    public SortedDictionary<(int Row, int Column), JsonValue> Cells { get; private set; } = [];

    /// <summary>Number formats of cells.</summary>
    public Dictionary<(int Row, int Column), string> Formats { get; private set; } = [];

    public int LastRow => Cells.Count == 0 ? -1 : Cells.Keys.Max(k => k.Row);

    /// <summary>What people see, rows with tabs between cells.</summary>
    public string[] Text
    {
        get
        {
            var (rows, columns) = (LastRow + 1, Cells.Count == 0 ? 0 : Cells.Keys.Max(k => k.Column) + 1);
            return
            [
                .. Enumerable.Range(0, rows).Select(row => string.Join(
                    '\t', Enumerable.Range(0, columns).Select(column => Cells.GetValueOrDefault((row, column))?.ToString() ?? ""))),
            ];
        }
    }

    public void Set(int row, int column, JsonNode? value)
    {
        if (row >= Rows || column >= Columns) throw new SheetsRefusal(400, $"Range exceeds grid limits. Max rows: {Rows}, max columns: {Columns}");
        if (value is null || value.GetValueKind() == System.Text.Json.JsonValueKind.String && value.GetValue<string>().Length == 0) Cells.Remove((row, column));
        else Cells[(row, column)] = (JsonValue)value.DeepClone();
    }

    public void DeleteRows(int start, int end)
    {
        var gone = end - start;
        Cells = new(Cells.Where(c => c.Key.Row < start || c.Key.Row >= end).ToDictionary(c => Moved(c.Key), c => c.Value));
        Formats = Formats.Where(c => c.Key.Row < start || c.Key.Row >= end).ToDictionary(c => Moved(c.Key), c => c.Value);
        Rows -= gone;

        (int, int) Moved((int Row, int Column) key) => (key.Row >= end ? key.Row - gone : key.Row, key.Column);
    }

    public JsonObject ToJson() => new()
    {
        ["properties"] = new JsonObject
        {
            ["sheetId"] = id,
            ["title"] = title,
            ["gridProperties"] = new JsonObject { ["rowCount"] = Rows, ["columnCount"] = Columns, ["frozenRowCount"] = FrozenRows },
        },
        ["charts"] = new JsonArray([.. Charts.Select(c => c.DeepClone())]),
    };

    /// <summary>So that a batch that fails in the middle leaves nothing of itself.</summary>
    public GridSheet Copy() => new(id, title, Rows, Columns)
    {
        FrozenRows = FrozenRows,
        HeaderFormat = HeaderFormat?.DeepClone(),
        Charts = [.. Charts.Select(c => (JsonObject)c.DeepClone())],
        Cells = new(Cells),
        Formats = new(Formats),
    };
}

/// <summary>An answer that is an error, as Google words it.</summary>
internal sealed class SheetsRefusal(int status, string message) : Exception(message)
{
    public int Status => status;
}
