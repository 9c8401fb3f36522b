using System.Text.Json.Serialization;
using Wizart.Flow.Providers.Csv.Fields;
using Wizart.Flow.Providers.Csv.Records;
using Wizart.Flow.Providers.Csv.Tables;

namespace Wizart.Flow.Providers.Csv;

/// <summary>
/// A small table in memory, for the figures of a report: named columns, rows in order, and words to make other tables of it.
/// Never changes. The cells of a column are of one type (see <see cref="TableRow.this[string]"/>). May be a task's output.
/// </summary>
[JsonConverter(typeof(TableJson))]
public sealed partial class Table
{
    private readonly Dictionary<string, int> _index;

    private Table(IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        Columns = columns;
        _index = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Count; i++)
            if (!_index.TryAdd(columns[i], i)) throw new ArgumentException($"Two columns are called '{columns[i]}'. Rename one.");
        Types = [.. Enumerable.Range(0, columns.Count).Select(i => CellTypes.Unify(rows, i))];
        Rows = [.. rows.Select(r => new TableRow(this, r))];
    }

    /// <summary>The names of the columns; found without regard to case.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Rows.Count;

    internal IReadOnlyList<Type> Types { get; }

    /// <summary>The table of records: a column for each public property.</summary>
    public static Table Of<T>(IEnumerable<T> records)
    {
        var members = RecordShape.Of(typeof(T)).Members;
        return new Table(
            [.. members.Select(ColumnName.Of)],
            [.. records.Select(r => members.Select(m => CellTypes.Plain(m.GetValue(r))).ToArray())]);
    }

    /// <summary>A table of columns and rows of cells.</summary>
    /// <exception cref="ArgumentException">A row has another number of cells than there are columns.</exception>
    public static Table Of(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) => new(
        [.. columns],
        [
            .. rows.Select((row, i) => row.Count == columns.Count
                ? row.Select(CellTypes.Plain).ToArray()
                : throw new ArgumentException($"Row {i + 1} has {row.Count} cells for {columns.Count} columns.")),
        ]);

    /// <summary>The cells of one column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<object?> this[string column]
    {
        get
        {
            var index = IndexOf(column);
            return [.. Rows.Select(r => r.Cells[index])];
        }
    }

    /// <summary>The rows as records; columns and members are matched as in a file.</summary>
    /// <exception cref="InvalidOperationException">A column is missing, or a cell is of another type.</exception>
    public T[] To<T>()
    {
        try
        {
            var maker = new RecordMaker<T>(Columns);
            return
            [
                .. Rows.Select((row, number) => maker.TryMake(i => FieldText.Write(row.Cells[i]), out var record) is var (index, why)
                    ? throw new InvalidOperationException($"Row {number + 1}, column '{Columns[index]}': {why}")
                    : record!),
            ];
        }
        catch (HeaderException error)
        {
            throw new InvalidOperationException(error.Message.Replace("The file has", "The table has", StringComparison.Ordinal), error);
        }
    }

    internal static Table OfTexts(IReadOnlyList<string> columns, IReadOnlyList<string?[]> rows)
    {
        var types = columns.Select((_, i) => CellTypes.Of(rows, i)).ToArray();
        return OfTexts(columns, types, rows);
    }

    internal static Table OfTexts(IReadOnlyList<string> columns, IReadOnlyList<Type> types, IReadOnlyList<string?[]> rows) => new(
        columns,
        [.. rows.Select(row => row.Select((text, i) => Cell(text, types[i])).ToArray())]);

    internal int IndexOf(string column) => _index.TryGetValue(column, out var index)
        ? index
        : throw new ArgumentException($"There is no column '{column}'. There are {string.Join(", ", Columns.Select(c => $"'{c}'"))}.", nameof(column));

    private static object? Cell(string? text, Type type)
    {
        if (text is null) return null;
        if (type == typeof(string)) return text;
        if (text.Length == 0) return null;
        return FieldText.TryRead(text, type, out var value) is { } why ? throw new FormatException(why) : value;
    }
}
