using System.Text.Json.Nodes;

namespace Wizart.Flow.TestServers.Sheets;

/// <summary>The changes of <c>spreadsheets.batchUpdate</c>.</summary>
internal static class GridChanges
{
    public static JsonObject Apply(JsonObject change, List<GridSheet> sheets)
    {
        var (kind, body) = change.Single();
        var request = body!.AsObject();
        switch (kind)
        {
            case "addSheet":
                return AddSheet(request, sheets);
            case "updateSheetProperties":
                if ((string?)request["fields"] != "gridProperties.frozenRowCount") throw new SheetsRefusal(400, "Unknown fields.");
                Sheet(request["properties"]).FrozenRows = (int)request["properties"]!["gridProperties"]!["frozenRowCount"]!;
                return [];
            case "appendDimension":
                if ((string?)request["dimension"] != "COLUMNS") throw new SheetsRefusal(400, "Unknown dimension.");
                Sheet(request).Columns += (int)request["length"]!;
                return [];
            case "deleteDimension":
                var rows = request["range"]!;
                Sheet(rows).DeleteRows((int)rows["startIndex"]!, (int)rows["endIndex"]!);
                return [];
            case "appendCells":
                AppendCells(Sheet(request), request["rows"]!.AsArray());
                return [];
            case "repeatCell":
                if ((int?)request["range"]!["endRowIndex"] != 1) throw new SheetsRefusal(400, "Only headers are formatted here.");
                Sheet(request["range"]).HeaderFormat = request["cell"]!["userEnteredFormat"]!.DeepClone();
                return [];
            case "addChart":
                return AddChart(request["chart"]!.AsObject(), sheets);
            case "updateChartSpec":
                var chart = sheets.SelectMany(s => s.Charts).FirstOrDefault(c => (int)c["chartId"]! == (int)request["chartId"]!)
                    ?? throw new SheetsRefusal(400, "Invalid requests[0].updateChartSpec: No chart with that id.");
                chart["spec"] = request["spec"]!.DeepClone();
                return [];
            default:
                throw new SheetsRefusal(400, $"Invalid JSON payload received. Unknown name \"{kind}\".");
        }

        GridSheet Sheet(JsonNode? place) => sheets.FirstOrDefault(s => s.Id == (int)place!["sheetId"]!) ?? throw new SheetsRefusal(400, "No grid with that id.");
    }

    private static JsonObject AddSheet(JsonObject request, List<GridSheet> sheets)
    {
        var properties = request["properties"]!;
        var title = (string)properties["title"]!;
        if (sheets.Any(s => string.Equals(s.Title, title, StringComparison.OrdinalIgnoreCase)))
            throw new SheetsRefusal(400, $"Invalid requests[0].addSheet: A sheet with the name \"{title}\" already exists. Please enter another name.");
        var grid = properties["gridProperties"];
        var added = new GridSheet(sheets.Count * 1009, title, (int?)grid?["rowCount"] ?? 1000, (int?)grid?["columnCount"] ?? 26);
        sheets.Add(added);
        return new JsonObject { ["addSheet"] = added.ToJson() };
    }

    private static void AppendCells(GridSheet sheet, JsonArray rows)
    {
        var row = sheet.LastRow + 1;
        sheet.Rows = Math.Max(sheet.Rows, row + rows.Count);
        foreach (var line in rows)
        {
            foreach (var (column, cell) in line!["values"]!.AsArray().Index())
            {
                var value = cell!["userEnteredValue"];
                sheet.Set(row, column, value?["numberValue"] ?? value?["stringValue"] ?? value?["boolValue"]);
                if ((string?)cell["userEnteredFormat"]?["numberFormat"]?["type"] is { } format) sheet.Formats[(row, column)] = format;
            }

            row++;
        }
    }

    private static JsonObject AddChart(JsonObject chart, List<GridSheet> sheets)
    {
        if (sheets.SelectMany(s => s.Charts).Any(c => (int)c["chartId"]! == (int)chart["chartId"]!))
            throw new SheetsRefusal(400, "Invalid requests[0].addChart: Duplicate chart id.");
        var anchor = chart["position"]!["overlayPosition"]!["anchorCell"]!;
        var sheet = sheets.First(s => s.Id == (int)anchor["sheetId"]!);
        if ((int)anchor["rowIndex"]! >= sheet.Rows || (int)anchor["columnIndex"]! >= sheet.Columns) throw new SheetsRefusal(400, "The anchor is outside of the grid.");
        foreach (var source in chart["spec"]!["basicChart"]!["series"]!.AsArray().Select(s => s!["series"]!["sourceRange"]!["sources"]![0]!))
            if ((int)source["endColumnIndex"]! - (int)source["startColumnIndex"]! != 1) throw new SheetsRefusal(400, "Exactly one dimension must have a length of 1.");
        sheet.Charts.Add((JsonObject)chart.DeepClone());
        return new JsonObject { ["addChart"] = new JsonObject { ["chart"] = chart.DeepClone() } };
    }
}
