using Wizart.Flow.Providers.Sheets.Cells;
using Wizart.Flow.Providers.Sheets.Requests;
using Wizart.Flow.Providers.Sheets.Rows;
using Wizart.Flow.Providers.Sheets.V4;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.Tables;

/// <summary>Writes rows into a sheet under its header, in as few calls as the size of a call allows.</summary>
internal sealed class TableWriter(SheetsService service, Calls calls, string spreadsheetId)
{
    /// <summary>Google asks for requests of about two megabytes at most.</summary>
    private const int CellsPerCall = 20_000;

    private readonly SheetPlaces _places = new(service, calls, spreadsheetId);

    /// <summary>Adds rows at the end.</summary>
    public async Task<SheetWrite> Append(string sheet, RowSet rows)
    {
        var columns = await calls.UntilCertain(async () =>
        {
            var table = await Prepare(sheet, rows.Columns, []);
            CheckRoom(table.Place, 1, rows.Rows.Count);
            return table;
        });
        var done = 0;
        foreach (var batch in Batches(rows.Rows, columns))
        {
            try
            {
                await Change($"Appending {batch.Length} rows to '{sheet}'", [AppendCells(columns, batch)]);
            }
            catch (SheetsException) when (done > 0)
            {
                calls.Log($"{done} of {rows.Rows.Count} rows were appended to '{sheet}' before it failed", LogLevel.Error);
                throw;
            }

            done += batch.Length;
        }

        return new SheetWrite(columns.Place.Title, columns.Place.Url, done, 0, 0);
    }

    /// <summary>Replaces rows whose key is there, and adds the others at the end.</summary>
    public async Task<SheetWrite> Upsert(string sheet, RowSet rows, IReadOnlyList<RowColumn> key)
    {
        var byKey = rows.ByKey(sheet, key, calls);
        HashSet<string>? thereBefore = null;
        var removed = 0;
        return await calls.UntilCertain(async () =>
        {
            var columns = await Prepare(sheet, rows.Columns, key);
            var (there, lastRow) = await ReadKeys(columns, rows, key);
            thereBefore ??= [.. there.Keys.Where(byKey.ContainsKey)];
            var added = byKey.Where(row => !there.ContainsKey(row.Key)).Select(row => row.Value).ToArray();
            var replaced = byKey.Where(row => there.ContainsKey(row.Key)).ToDictionary(row => there[row.Key][0], row => row.Value);
            var doubled = byKey.Keys.Where(there.ContainsKey).SelectMany(k => there[k].Skip(1)).OrderDescending().ToArray();

            CheckRoom(columns.Place, lastRow, added.Length);
            await Replace(columns, replaced);
            await Remove(columns, doubled);
            removed += doubled.Length;
            foreach (var batch in Batches(added, columns))
                await Change($"Adding {batch.Length} rows to '{sheet}'", [AppendCells(columns, batch)]);
            return new SheetWrite(columns.Place.Title, columns.Place.Url, byKey.Count - thereBefore.Count, thereBefore.Count, removed);
        });
    }

    /// <summary>The sheet with a header that has all columns; sheet, header and columns are added when they are not there.</summary>
    private async Task<TableColumns> Prepare(string sheet, IReadOnlyList<RowColumn> columns, IReadOnlyList<RowColumn> key)
    {
        var place = await _places.Ensure(sheet, columns.Count);
        var values = await calls.Send(service.Spreadsheets.Values.Get(spreadsheetId, A1.Row(place.Title, 1)), $"Reading the header of '{sheet}'");
        var header = SheetHeader.Of(place.Title, values.Values);
        var missing = columns.Where(c => header.Find(c.Key, calls) is null).ToArray();
        if (missing.Length > 0)
        {
            var isNew = header.IsEmpty;
            if (!isNew && key.FirstOrDefault(missing.Contains) is { } lost)
            {
                throw calls.Wrong(
                    $"'{sheet}' has no column for '{lost.Name}', which is part of the key, so that its rows can't be told apart. "
                        + $"Its header is: {header}. Name the column in row 1, or write to another sheet.");
            }

            var first = isNew ? 0 : header.Names.Count;
            header = (isNew ? header with { Names = [] } : header).With(missing.Select(c => c.Name));
            place = await AddColumns(place, header.Names.Count, isNew);
            await calls.Send(
                service.Spreadsheets.Values.Update(
                    new ValueRangeUpdate(A1.Range(place.Title, 1, first, 1, header.Names.Count - 1), [[.. header.Names.Skip(first)]]),
                    spreadsheetId),
                $"Writing the header of '{sheet}'");
        }

        return new TableColumns(place, [.. columns.Select(c => header.Find(c.Key, calls)!.Value)]);
    }

    private async Task<SheetPlace> AddColumns(SheetPlace place, int columns, bool isNew)
    {
        var changes = new List<Request>();
        var more = columns - place.Columns;
        if (more > 0)
        {
            _places.CheckRoom(place.Title, place.AllCells, (long)more * place.Rows);
            changes.Add(new Request { AppendDimension = new AppendDimensionRequest(place.SheetId, "COLUMNS", more) });
        }

        if (isNew) changes.AddRange(HeaderLook.Requests(place, new SheetHeaderFormat()));
        if (changes.Count > 0) await Change($"Making the header of '{place.Title}'", changes);
        return more > 0 ? place with { Columns = columns, AllCells = place.AllCells + ((long)more * place.Rows) } : place;
    }

    /// <summary>The rows of each key, counted as people do, and the last row that has one.</summary>
    private async Task<(Dictionary<string, List<int>> Rows, int LastRow)> ReadKeys(TableColumns columns, RowSet rows, IReadOnlyList<RowColumn> key)
    {
        var places = key.Select(k => columns.Positions[rows.Columns.Index().First(c => c.Item == k).Index]).ToArray();
        var there = new Dictionary<string, List<int>>();
        if (columns.Place.Rows < 2) return (there, 1);

        var get = service.Spreadsheets.Values.BatchGet(spreadsheetId, places.Select(p => A1.ColumnBelowHeader(columns.Place.Title, p)));
        var read = (await calls.Send(get, $"Reading the keys of '{columns.Place.Title}'")).ValueRanges ?? [];
        var cells = read.Select(range => range.Values is { Count: > 0 } values ? values[0] : []).ToArray();
        var length = cells.Max(column => column.Count);
        for (var i = 0; i < length; i++)
        {
            var row = key.Select((k, n) => Seen(i < cells[n].Count ? CellReader.Plain(cells[n][i]) : null, k.Type)).ToArray();
            if (row.Any(cell => cell.IsEmpty)) continue;
            var text = RowSet.KeyText(row);
            if (!there.TryGetValue(text, out var found)) there.Add(text, found = []);
            found.Add(i + 2);
        }

        return (there, length + 1);
    }

    /// <summary>A cell as it would be had it been written here: a date that someone typed as text is that date.</summary>
    private static CellValue Seen(object? cell, Type type)
    {
        if (cell is null) return default;
        try
        {
            return CellWriter.Write(CellReader.Read(cell, Nullable.GetUnderlyingType(type) ?? type));
        }
        catch (CellException)
        {
            return new CellValue(cell); // somebody's remark, and no key of these rows
        }
    }

    private void CheckRoom(SheetPlace place, int lastRow, int added)
    {
        var more = Math.Max(0, lastRow + added - place.Rows);
        _places.CheckRoom(place.Title, place.AllCells, (long)more * place.Columns);
    }

    private async Task Replace(TableColumns columns, Dictionary<int, CellValue[]> replaced)
    {
        foreach (var batch in Batches(replaced.OrderBy(row => row.Key), columns))
        {
            var ranges = new List<ValueRangeUpdate>();
            for (var start = 0; start < batch.Length;)
            {
                var end = start + 1;
                while (end < batch.Length && batch[end].Key == batch[end - 1].Key + 1) end++;
                ranges.Add(columns.ToUpdate(batch[start].Key, [.. batch[start..end].Select(row => row.Value)]));
                start = end;
            }

            var update = service.Spreadsheets.Values.BatchUpdate(new BatchUpdateValuesRequest(ranges), spreadsheetId);
            await calls.Send(update, $"Replacing {batch.Length} rows of '{columns.Place.Title}'");
        }
    }

    private async Task Remove(TableColumns columns, int[] fromLastToFirst)
    {
        if (fromLastToFirst.Length == 0) return;
        calls.Log(
            $"'{columns.Place.Title}' held keys twice: rows {string.Join(", ", fromLastToFirst.Order())} are removed, the first of each key stays",
            LogLevel.Warning);
        var changes = fromLastToFirst.Select(row => new Request
        {
            DeleteDimension = new DeleteDimensionRequest(new DimensionRange(columns.Place.SheetId, "ROWS", row - 1, row)),
        });
        await Change($"Removing {fromLastToFirst.Length} rows of '{columns.Place.Title}'", [.. changes]);
    }

    private static Request AppendCells(TableColumns columns, IEnumerable<CellValue[]> rows) => new()
    {
        AppendCells = new AppendCellsRequest(
            columns.Place.SheetId, [.. rows.Select(columns.ToRowData)], "userEnteredValue,userEnteredFormat"),
    };

    private static IEnumerable<TRow[]> Batches<TRow>(IEnumerable<TRow> rows, TableColumns columns) =>
        rows.Chunk(Math.Max(1, CellsPerCall / columns.Positions.Count));

    private Task<BatchUpdateSpreadsheetResponse> Change(string what, IReadOnlyList<Request> requests) =>
        calls.Send(service.Spreadsheets.BatchUpdate(new BatchUpdateSpreadsheetRequest(requests), spreadsheetId), what);
}
