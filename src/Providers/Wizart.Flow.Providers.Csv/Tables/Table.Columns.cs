using Wizart.Flow.Providers.Csv.Tables;

namespace Wizart.Flow.Providers.Csv;

public sealed partial class Table
{
    /// <summary>These columns only, in this order.</summary>
    public Table Select(params string[] columns)
    {
        var indexes = columns.Select(IndexOf).ToArray();
        return new Table([.. indexes.Select(i => Columns[i])], [.. Rows.Select(r => indexes.Select(i => r.Cells[i]).ToArray())]);
    }

    /// <summary>All columns but these.</summary>
    public Table Without(params string[] columns)
    {
        var left = columns.Select(IndexOf).ToHashSet();
        return Select([.. Columns.Where((_, i) => !left.Contains(i))]);
    }

    /// <summary>A column under another name.</summary>
    public Table Rename(string column, string name)
    {
        var index = IndexOf(column);
        return new Table([.. Columns.Select((c, i) => i == index ? name : c)], Copies());
    }

    /// <summary>With one more column, or another value in a column that is there.</summary>
    public Table With(string column, Func<TableRow, object?> value) => WithCells(column, [.. Rows.Select(value)]);

    /// <summary>
    /// With a column of what is made of each row and those before it. Empty for the first rows, which have too few before them,
    /// and where a cell in the window is.
    /// </summary>
    /// <param name="column">A column of numbers; spans count in seconds.</param>
    /// <param name="window">How many rows, that row included.</param>
    /// <param name="reduce">What is made of them; their mean by default.</param>
    /// <param name="name">The new column; <c>rolling_…</c> by default.</param>
    public Table Rolling(string column, int window, Func<IReadOnlyList<double>, double>? reduce = null, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var cells = Numbers(column);
        return WithCells(name ?? $"rolling_{column}", [.. cells.Select((_, i) => At(i))]);

        object? At(int i)
        {
            if (i + 1 < window) return null;
            var values = cells[(i + 1 - window)..(i + 1)];
            return values.Any(v => v is null) ? null : (reduce ?? (v => v.Average()))([.. values.Select(v => v!.Value)]);
        }
    }

    /// <summary>With a column of the change in percent from an earlier row: 12 is 12 % more. Empty where there is none, or it is zero.</summary>
    /// <param name="column">A column of numbers; spans count in seconds.</param>
    /// <param name="rows">How many rows earlier.</param>
    /// <param name="name">The new column; <c>change_…</c> by default.</param>
    public Table PercentChange(string column, int rows = 1, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var cells = Numbers(column);
        return WithCells(name ?? $"change_{column}", [.. cells.Select((now, i) => i < rows ? null : Change(cells[i - rows], now))]);

        static object? Change(double? before, double? now) => before is null or 0 || now is null ? null : (now - before) / Math.Abs(before.Value) * 100;
    }

    private double?[] Numbers(string column)
    {
        IndexOf(column);
        return [.. Rows.Select(r => r.Number(column))];
    }

    private Table WithCells(string column, object?[] cells)
    {
        var plain = cells.Select(CellTypes.Plain).ToArray();
        return _index.TryGetValue(column, out var index)
            ? new Table(Columns, [.. Rows.Select((r, n) => r.Cells.Select((c, i) => i == index ? plain[n] : c).ToArray())])
            : new Table([.. Columns, column], [.. Rows.Select((r, n) => r.Cells.Append(plain[n]).ToArray())]);
    }

    // A table may change the types of its own cells while it is made.
    private object?[][] Copies() => [.. Rows.Select(r => r.Cells.ToArray())];
}
