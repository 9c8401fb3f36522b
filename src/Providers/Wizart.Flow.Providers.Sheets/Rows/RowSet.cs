using Wizart.Flow.Providers.Sheets.Cells;
using Wizart.Flow.Providers.Sheets.Requests;

namespace Wizart.Flow.Providers.Sheets.Rows;

/// <summary>Rows as cells, checked before anything is sent.</summary>
internal sealed record RowSet(IReadOnlyList<RowColumn> Columns, IReadOnlyList<CellValue[]> Rows)
{
    /// <exception cref="SheetsException">A value is none that a cell can hold.</exception>
    public static RowSet Of<T>(string sheet, IEnumerable<T> rows, IReadOnlyList<RowColumn> columns, Calls calls)
        where T : notnull
    {
        var cells = new List<CellValue[]>();
        foreach (var row in rows)
        {
            if (row is null) throw calls.Wrong($"'{sheet}': row {cells.Count + 1} is null. Leave it out.");
            var written = new CellValue[columns.Count];
            for (var i = 0; i < written.Length; i++)
            {
                try
                {
                    written[i] = CellWriter.Write(columns[i].ValueOf(row));
                }
                catch (CellException error)
                {
                    throw calls.Wrong($"'{sheet}': row {cells.Count + 1}, {columns[i].Name}: {error.Message}");
                }
            }

            cells.Add(written);
        }

        return new RowSet(columns, cells);
    }

    /// <summary>The rows by their keys.</summary>
    /// <exception cref="SheetsException">A key has no value, or two rows have the same.</exception>
    public Dictionary<string, CellValue[]> ByKey(string sheet, IReadOnlyList<RowColumn> key, Calls calls)
    {
        var places = key.Select(k => Columns.Index().First(c => c.Item == k).Index).ToArray();
        var byKey = new Dictionary<string, CellValue[]>(Rows.Count);
        var numbers = new Dictionary<string, int>(Rows.Count);
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            if (places.FirstOrDefault(p => row[p].IsEmpty, -1) is var empty and >= 0)
                throw calls.Wrong($"'{sheet}': row {i + 1} has no {Columns[empty].Name}, which is part of the key. Leave such rows out, or give it a value.");

            var text = KeyText(places.Select(p => row[p]));
            if (!numbers.TryAdd(text, i + 1))
            {
                var shown = string.Join(", ", places.Select(p => FormattableString.Invariant($"{Columns[p].Name} = {row[p].Plain}")));
                throw calls.Wrong($"'{sheet}': rows {numbers[text]} and {i + 1} have the same key ({shown}). "
                    + "Group or DistinctBy them first: which one counts is not for a sheet to guess.");
            }

            byKey.Add(text, row);
        }

        return byKey;
    }

    /// <summary>One text for a key of several cells.</summary>
    public static string KeyText(IEnumerable<CellValue> cells) => string.Join('\u001f', cells.Select(c => c.KeyText));
}
