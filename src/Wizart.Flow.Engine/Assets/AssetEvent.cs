using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Assets;

/// <summary>One update of an asset, as it is stored.</summary>
public sealed record AssetEvent
{
    /// <summary>The store's number for it; zero before it is stored. Later updates have larger ones.</summary>
    public long Id { get; init; }

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

    /// <summary>Who told of it: <c>dag/task</c>, a user, a token.</summary>
    public required string By { get; init; }

    /// <summary>What was said with it, as JSON.</summary>
    public JsonPayload? Extra { get; init; }

    /// <summary>The interval of the run that made it; without a run its own time. Runs that it starts cover this.</summary>
    public required DataInterval Interval { get; init; }

    /// <summary>The same, as it is given to attempts.</summary>
    public AssetRecord ToRecord() => new()
    {
        Uri = Uri,
        Time = Time,
        Value = Value,
        RunId = RunId,
        DagId = DagId,
        TaskId = TaskId,
        By = By,
        Extra = Extra,
    };
}

/// <summary>An asset that was named by a published DAG or ever updated.</summary>
/// <param name="Id">The store's number for it.</param>
/// <param name="Uri">Its name.</param>
/// <param name="Latest">Its latest update; null when there was none.</param>
public sealed record StoredAsset(long Id, string Uri, AssetEvent? Latest);

/// <summary>What a DAG knows of one asset since the last run that updates started.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="Uri">The asset, which has been updated.</param>
/// <param name="Count">How often.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
/// <param name="Covers">From the earliest to the latest time that the updates' runs covered.</param>
public sealed record QueuedUpdates(string DagId, string Uri, long Count, DateTimeOffset First, DateTimeOffset Last, DataInterval Covers);
