using System.ComponentModel;
using System.Text.Json;
using Wizart.Flow.Values;

namespace Wizart.Flow.Execution;

/// <summary>One update of an asset, as it is stored and given to an attempt.</summary>
public sealed record AssetRecord
{
    /// <summary>The asset.</summary>
    public required string Uri { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Its value; null when it has none.</summary>
    public TaskValue? Value { get; init; }

    /// <summary>The run whose task made it; null when a person or a program told of it.</summary>
    public long? RunId { get; init; }

    /// <summary>The DAG of that run.</summary>
    public string? DagId { get; init; }

    /// <summary>The task.</summary>
    public string? TaskId { get; init; }

    /// <summary>Who told of it.</summary>
    public required string By { get; init; }

    /// <summary>What was said with it.</summary>
    public JsonPayload? Extra { get; init; }

    /// <summary>The same, as a body sees it.</summary>
    public AssetUpdate<T> Update<T>(T value) =>
        (AssetUpdate<T>)As(new AssetUpdate<T> { Uri = Uri, Time = Time, By = By, Value = value });

    internal AssetUpdate As(AssetUpdate update) => update with
    {
        RunId = RunId,
        DagId = DagId,
        TaskId = TaskId,
        Extra = Extra is { } extra ? JsonSerializer.Deserialize<JsonElement>(extra.Utf8.Span, ValueJson.Options) : default,
    };
}

/// <summary>Reads the values of updates where bodies run.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAssetValues
{
    /// <summary>The value of an update.</summary>
    T Read<T>(AssetRecord update);
}
