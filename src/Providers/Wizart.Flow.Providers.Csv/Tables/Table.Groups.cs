using Wizart.Flow.Providers.Csv.Fields;
using Wizart.Flow.Providers.Csv.Tables;

namespace Wizart.Flow.Providers.Csv;

public sealed partial class Table
{
    /// <summary>Rows that have the same values in these columns; without columns, all rows. Say with <c>Select</c> what is made of each group.</summary>
    public TableGroups GroupBy(params string[] columns) => new(this, columns);

    /// <summary>
    /// One row for each value of <paramref name="rows"/>, in the order they come, and one column for each value of
    /// <paramref name="columns"/>, by alphabet; in the cells what is made of the rows that have both, empty where there are none.
    /// </summary>
    public Table Pivot(string rows, string columns, Aggregate value)
    {
        var across = IndexOf(columns);
        var names = Rows.Select(r => FieldText.Write(r.Cells[across]) ?? "").Distinct().Order(StringComparer.Ordinal).ToArray();
        var byRow = Rows.GroupBy(r => new RowKey(r, [IndexOf(rows)]));
        return new Table(
            [Columns[IndexOf(rows)], .. names],
            [
                .. byRow.Select(row =>
                {
                    var byName = row.ToLookup(r => FieldText.Write(r.Cells[across]) ?? "");
                    return row.Key.Cells.Concat(names.Select(n => byName.Contains(n) ? Reduce(value, [.. byName[n]]) : null)).ToArray();
                }),
            ]);
    }

    internal Table Grouped(string[] columns, Aggregate[] aggregates)
    {
        var indexes = columns.Select(IndexOf).ToArray();
        foreach (var aggregate in aggregates)
            if (aggregate.Column is { } column) IndexOf(column);
        var groups = Rows.GroupBy(r => new RowKey(r, indexes)).ToList();
        return new Table(
            [.. indexes.Select(i => Columns[i]), .. aggregates.Select(a => a.Name)],
            [.. groups.Select(g => g.Key.Cells.Concat(aggregates.Select(a => Reduce(a, [.. g]))).ToArray())]);
    }

    private object? Reduce(Aggregate aggregate, IReadOnlyList<TableRow> rows)
    {
        object[] cells = aggregate.Column is { } column ? [.. rows.Select(r => r.Cells[IndexOf(column)]).OfType<object>()] : [];
        return CellTypes.Plain(aggregate.Reduce(cells, rows.Count));
    }
}

/// <summary>The groups of a table's rows, in the order in which each first comes.</summary>
public sealed class TableGroups
{
    private readonly Table _table;
    private readonly string[] _columns;

    internal TableGroups(Table table, string[] columns) => (_table, _columns) = (table, columns);

    /// <summary>One row for each group: the columns it is grouped by, then these.</summary>
    public Table Select(params Aggregate[] aggregates) => _table.Grouped(_columns, aggregates);
}
