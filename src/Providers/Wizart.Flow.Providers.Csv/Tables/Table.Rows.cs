using Wizart.Flow.Providers.Csv.Tables;

namespace Wizart.Flow.Providers.Csv;

public sealed partial class Table
{
    /// <summary>The rows for which it is true.</summary>
    public Table Where(Func<TableRow, bool> condition) => Of(Rows.Where(condition));

    /// <summary>The first rows.</summary>
    public Table Take(int count) => Of(Rows.Take(count));

    /// <summary>All but the first rows.</summary>
    public Table Skip(int count) => Of(Rows.Skip(count));

    /// <summary>By these columns, smallest first, empty before all; texts by their characters. Rows that are equal stay in their order.</summary>
    public Table OrderBy(params string[] columns) => Ordered(columns, 1);

    /// <summary>By these columns, largest first. Rows that are equal stay in their order.</summary>
    public Table OrderByDescending(params string[] columns) => Ordered(columns, -1);

    /// <summary>The rows of both. Columns are matched by name; what one has not is empty.</summary>
    public Table Append(Table other)
    {
        var columns = Columns.Concat(other.Columns.Where(c => !_index.ContainsKey(c))).ToArray();
        return new Table(columns, [.. Aligned(this), .. Aligned(other)]);

        IEnumerable<object?[]> Aligned(Table table) => table.Rows.Select(r =>
            columns.Select(c => table._index.TryGetValue(c, out var i) ? r.Cells[i] : null).ToArray());
    }

    /// <summary>
    /// Each row with the rows of another table that have the same values in the columns of <paramref name="on"/>. A row with an
    /// empty one fits none.
    /// </summary>
    /// <exception cref="ArgumentException">Both have a further column of the same name: rename one first.</exception>
    public Table Join(Table other, params string[] on) => Joined(other, on, keepAll: false);

    /// <summary>As <see cref="Join"/>, but rows for which the other table has none stay, with empty cells.</summary>
    /// <exception cref="ArgumentException">Both have a further column of the same name: rename one first.</exception>
    public Table LeftJoin(Table other, params string[] on) => Joined(other, on, keepAll: true);

    private Table Joined(Table other, string[] on, bool keepAll)
    {
        if (on.Length == 0) throw new ArgumentException("A join needs at least one column that both tables have.", nameof(on));
        var (mine, theirs) = (on.Select(IndexOf).ToArray(), on.Select(other.IndexOf).ToArray());
        var added = Enumerable.Range(0, other.Columns.Count).Except(theirs).ToArray();
        if (added.Select(i => other.Columns[i]).FirstOrDefault(_index.ContainsKey) is { } twice)
            throw new ArgumentException($"Both tables have a column '{twice}'. Rename one before the join, or join on it.");
        var byKey = other.Rows.Where(r => theirs.All(i => r.Cells[i] is not null)).ToLookup(r => new RowKey(r, theirs));
        var rows =
            from row in Rows
            from match in mine.All(i => row.Cells[i] is not null) ? Matches(row) : Unmatched()
            select row.Cells.Concat(added.Select(i => match?.Cells[i])).ToArray();
        return new Table([.. Columns, .. added.Select(i => other.Columns[i])], [.. rows]);

        IEnumerable<TableRow?> Matches(TableRow row)
        {
            var found = byKey[new RowKey(row, mine)];
            return found.Any() ? found : Unmatched();
        }

        IEnumerable<TableRow?> Unmatched() => keepAll ? [null] : [];
    }

    private Table Ordered(string[] columns, int direction)
    {
        if (columns.Length == 0) throw new ArgumentException("Say by which columns.", nameof(columns));
        var indexes = columns.Select(IndexOf).ToArray();
        return Of(Rows.Order(Comparer<TableRow>.Create((left, right) =>
            direction * indexes.Select(i => CellTypes.Compare(left.Cells[i], right.Cells[i])).FirstOrDefault(c => c != 0))));
    }

    private Table Of(IEnumerable<TableRow> rows) => new(Columns, [.. rows.Select(r => r.Cells.ToArray())]);
}
