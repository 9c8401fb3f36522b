using System.Text.Json;
using System.Text.Json.Serialization;
using Wizart.Flow.Providers.Csv.Fields;

namespace Wizart.Flow.Providers.Csv.Tables;

/// <summary>A table as JSON: its columns, their types, and rows of texts, so that it crosses from task to task as it was.</summary>
internal sealed class TableJson : JsonConverter<Table>
{
    public override Table Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        try
        {
            var columns = json.RootElement.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!).ToArray();
            var types = json.RootElement.GetProperty("types").EnumerateArray().Select(t => CellTypes.All.First(k => k.Name == t.GetString()).Type).ToArray();
            var rows = json.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.EnumerateArray().Select(c => c.GetString()).ToArray());
            return Table.OfTexts(columns, types, [.. rows]);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new JsonException($"This is no table: {error.Message}", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, Table value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (var column in value.Columns) writer.WriteStringValue(column);
        writer.WriteEndArray();
        writer.WriteStartArray("types");
        foreach (var type in value.Types) writer.WriteStringValue(CellTypes.All.First(k => k.Type == type).Name);
        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var row in value.Rows)
        {
            writer.WriteStartArray();
            foreach (var cell in row.Cells) writer.WriteStringValue(FieldText.Write(cell));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
