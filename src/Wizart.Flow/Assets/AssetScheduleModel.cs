using System.Text.Json.Serialization;

namespace Wizart.Flow.Model;

/// <summary>How an asset schedule and the clock go together.</summary>
public enum AssetTiming
{
    /// <summary>Each runs the DAG: an update, and, if there is one, the clock.</summary>
    Either,

    /// <summary>The run that the clock makes due waits until the assets have been updated since the last such run.</summary>
    Waits,
}

/// <summary>By updates of assets, alone or together with the clock.</summary>
/// <param name="Assets">Which assets must have been updated since the last run that they started.</param>
public sealed record AssetScheduleModel(AssetCondition Assets) : ScheduleModel
{
    /// <summary>The clock's part; null when there is none.</summary>
    public ScheduleModel? Time { get; init; }

    /// <summary>What the clock's part means.</summary>
    public AssetTiming Timing { get; init; }

    /// <summary>Whether updates by themselves start runs.</summary>
    [JsonIgnore]
    public bool StartsRuns => Timing == AssetTiming.Either;
}
