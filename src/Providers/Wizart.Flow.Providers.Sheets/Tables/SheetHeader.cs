using Wizart.Flow.Providers.Sheets.Cells;
using Wizart.Flow.Providers.Sheets.Requests;
using Wizart.Flow.Providers.Sheets.Rows;

namespace Wizart.Flow.Providers.Sheets.Tables;

/// <summary>The names in a sheet's first row, by their columns; empty ones between them have no name.</summary>
internal sealed record SheetHeader(string Sheet, IReadOnlyList<string> Names)
{
    public bool IsEmpty => Names.All(name => name.Length == 0);

    public static SheetHeader Of(string sheet, IList<IList<System.Text.Json.JsonElement>>? values) =>
        new(sheet, values is { Count: > 0 } ? [.. values[0].Select(cell => (CellReader.Plain(cell)?.ToString() ?? "").Trim())] : []);

    /// <summary>The column of a name; null when there is none.</summary>
    /// <exception cref="SheetsException">There are two.</exception>
    public int? Find(string key, Calls calls)
    {
        var found = Names.Index().Where(n => n.Item.Length > 0 && ColumnName.Key(n.Item) == key).Select(n => n.Index).ToArray();
        if (found.Length > 1)
        {
            throw calls.Wrong($"'{Sheet}' has the column '{Names[found[0]]}' twice, in {A1.Column(found[0])} and {A1.Column(found[1])}. Rename one.");
        }

        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>The header with columns added at its end.</summary>
    public SheetHeader With(IEnumerable<string> more) => this with { Names = [.. Names, .. more] };

    public override string ToString() => string.Join(", ", Names.Where(n => n.Length > 0));
}
