using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Model;

/// <summary>Which earlier values of a metric a body takes.</summary>
public sealed record TrendModel
{
    /// <summary>The metric.</summary>
    public required string Name { get; init; }

    /// <summary>How many of its newest points.</summary>
    public required int Last { get; init; }

    /// <summary>The DAG that told them; null for that of the task.</summary>
    public string? DagId { get; init; }

    /// <summary>The tags that points must have, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The same text for the same question.</summary>
    [JsonIgnore]
    public string Key => JsonSerializer.Serialize(this, ModelJson.Default.TrendModel);
}
