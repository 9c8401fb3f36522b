using System.Text.Json;

namespace Wizart.Flow.Model;

/// <summary>An asset that a DAG names: in its schedule, as an input, or as what a task updates.</summary>
public sealed record AssetModel
{
    /// <summary>The name of the data; the same text is the same asset, in all scripts.</summary>
    public required string Uri { get; init; }

    /// <summary>The type of its value; null when it has none and only tells that data elsewhere are new.</summary>
    public TypeModel? Type { get; init; }

    /// <summary>The JSON schema of its value; null when it has none, or one too large to be kept.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceLocation? Location { get; init; }
}
