using Wizart.Flow.Providers.Csv.Fields;
using Wizart.Flow.Providers.Csv.Tables;

namespace Wizart.Flow.Providers.Csv;

/// <summary>One row of a table.</summary>
public sealed class TableRow
{
    private readonly Table _table;
    private readonly object?[] _values;

    internal TableRow(Table table, object?[] values) => (_table, _values) = (table, values);

    /// <summary>The cells, in the order of the columns.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>
    /// The cell: null, or a <c>long</c>, <c>double</c>, <c>decimal</c>, <c>bool</c>, <c>string</c>, <c>Guid</c>, date, time or span.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? this[string column] => _values[_table.IndexOf(column)];

    /// <summary>The cell as a number, spans in seconds; null when it is empty.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public double? Number(string column) => this[column] is not { } value
        ? null
        : CellTypes.Number(value) ?? throw new InvalidOperationException($"Column '{column}' has '{FieldText.Write(value)}', which is no number.");

    /// <summary>The cell as it would stand in a file; empty when it is.</summary>
    public string Text(string column) => FieldText.Write(this[column]) ?? "";

    /// <summary>The cell as any type that its text can be read as.</summary>
    /// <exception cref="InvalidOperationException">It can't.</exception>
    public T? Get<T>(string column)
    {
        if (this[column] is not { } cell) return default(T) is null ? default : throw new InvalidOperationException($"Column '{column}' is empty in this row; ask for a {typeof(T).Name}?.");
        if (cell is T same) return same;
        return FieldText.TryRead(FieldText.Write(cell)!, typeof(T), out var value) is { } why
            ? throw new InvalidOperationException($"Column '{column}': {why}")
            : (T?)value;
    }

    internal object?[] Cells => _values;
}
