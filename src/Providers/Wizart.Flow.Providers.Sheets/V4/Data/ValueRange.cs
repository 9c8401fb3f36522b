using System.Text.Json;

namespace Wizart.Flow.Providers.Sheets.V4.Data;

/// <summary>Cells as the API gives them: text, numbers, truths.</summary>
internal sealed record ValueRange
{
    public string? Range { get; init; }

    public string? MajorDimension { get; init; }

    public IList<IList<JsonElement>>? Values { get; init; }
}

internal sealed record BatchGetValuesResponse
{
    public IList<ValueRange>? ValueRanges { get; init; }
}

/// <summary>Cells to be written; a null leaves the cell as it is, an empty text empties it.</summary>
internal sealed record ValueRangeUpdate(string Range, IReadOnlyList<IReadOnlyList<object?>> Values)
{
    public string MajorDimension => "ROWS";
}

internal sealed record BatchUpdateValuesRequest(IReadOnlyList<ValueRangeUpdate> Data)
{
    /// <summary>Text stays text: nothing is taken for a formula or guessed to be a date.</summary>
    public string ValueInputOption => "RAW";
}

internal sealed record BatchUpdateValuesResponse
{
    public int? TotalUpdatedCells { get; init; }
}

internal sealed record UpdateValuesResponse
{
    public string? UpdatedRange { get; init; }
}

internal sealed record ClearValuesRequest;

internal sealed record ClearValuesResponse
{
    public string? ClearedRange { get; init; }
}
