using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.TestServers.Sheets;

/// <summary>The calls under <c>spreadsheets/{id}/values</c>.</summary>
internal static class SheetValues
{
    public static JsonObject Answer(string method, string rest, IQueryCollection query, JsonObject body, List<GridSheet> sheets)
    {
        switch (method)
        {
            case "GET" when rest == ":batchGet":
                return new JsonObject
                {
                    ["valueRanges"] = new JsonArray([.. query["ranges"].Select(r => Get(GridRange.Read(r!, sheets), query["majorDimension"] == "COLUMNS"))]),
                };
            case "GET":
                if (query["valueRenderOption"] != "UNFORMATTED_VALUE" || query["dateTimeRenderOption"] != "SERIAL_NUMBER")
                    throw new SheetsRefusal(400, "Values would be rounded as they are shown.");
                return Get(GridRange.Read(rest[1..], sheets), byColumn: false);
            case "PUT":
                if (query["valueInputOption"] != "RAW") throw new SheetsRefusal(400, "'valueInputOption' is required but not specified");
                return Update(GridRange.Read(rest[1..], sheets), body);
            case "POST" when rest == ":batchUpdate":
                if ((string?)body["valueInputOption"] != "RAW") throw new SheetsRefusal(400, "'valueInputOption' is required but not specified");
                foreach (var part in body["data"]!.AsArray()) Update(GridRange.Read((string)part!["range"]!, sheets), part.AsObject());
                return [];
            case "POST" when rest.EndsWith(":clear", StringComparison.Ordinal):
                var range = GridRange.Read(rest[1..^":clear".Length], sheets);
                for (var row = range.Row; row <= range.LastRow; row++)
                    for (var column = range.Column; column <= range.LastColumn; column++) range.Sheet.Set(row, column, null);
                return new JsonObject { ["clearedRange"] = rest[1..^":clear".Length] };
            default:
                throw new SheetsRefusal(404, "Not found.");
        }
    }

    /// <summary>Cells to the last that is not empty, as Google gives them.</summary>
    private static JsonObject Get(GridRange range, bool byColumn)
    {
        var lines = byColumn
            ? Lines(range.Column, range.LastColumn, range.Row, range.LastRow, (column, row) => range.Sheet.Cells.GetValueOrDefault((row, column)))
            : Lines(range.Row, range.LastRow, range.Column, range.LastColumn, (row, column) => range.Sheet.Cells.GetValueOrDefault((row, column)));
        return lines.Count == 0 ? [] : new JsonObject { ["values"] = lines };
    }

    private static JsonArray Lines(int first, int last, int start, int end, Func<int, int, JsonValue?> cell)
    {
        var lines = new List<JsonArray>();
        for (var line = first; line <= last; line++)
        {
            var cells = Enumerable.Range(start, end - start + 1).Select(i => cell(line, i)?.DeepClone() ?? "").ToList();
            while (cells.Count > 0 && cells[^1].GetValueKind() == System.Text.Json.JsonValueKind.String && cells[^1].GetValue<string>().Length == 0) cells.RemoveAt(cells.Count - 1);
            lines.Add(new JsonArray([.. cells]));
        }

        while (lines.Count > 0 && lines[^1].Count == 0) lines.RemoveAt(lines.Count - 1);
        return new JsonArray([.. lines]);
    }

    private static JsonObject Update(GridRange range, JsonObject body)
    {
        foreach (var (row, line) in body["values"]!.AsArray().Index())
        {
            foreach (var (column, cell) in line!.AsArray().Index())
            {
                if (range.Row + row > range.LastRow || range.Column + column > range.LastColumn) throw new SheetsRefusal(400, "Requested writing within range, but tried writing beyond it");
                if (cell is not null) range.Sheet.Set(range.Row + row, range.Column + column, cell); // null leaves it as it is
            }
        }

        return [];
    }
}
