namespace Wizart.Flow.Providers.Csv.Tables;

/// <summary>Some cells of a row, equal when all of them are. Whole numbers and others of the same value are equal.</summary>
internal sealed class RowKey : IEquatable<RowKey>
{
    private readonly object?[] _cells;

    public RowKey(TableRow row, IReadOnlyList<int> columns) => _cells = [.. columns.Select(i => row.Cells[i])];

    public IReadOnlyList<object?> Cells => _cells;

    public bool Equals(RowKey? other) => other is not null && _cells.Select(Comparable).SequenceEqual(other._cells.Select(Comparable));

    public override bool Equals(object? obj) => Equals(obj as RowKey);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var cell in _cells) hash.Add(Comparable(cell));
        return hash.ToHashCode();
    }

    private static object? Comparable(object? cell) => cell switch
    {
        long whole => (double)whole,
        decimal exact => (double)exact,
        _ => cell,
    };
}
