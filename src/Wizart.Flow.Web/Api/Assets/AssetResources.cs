using System.Text.Json;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>An asset.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Uri">Its name.</param>
/// <param name="Type">The type of its value; null when it has none.</param>
/// <param name="Schema">The JSON schema of its value; null when it has none.</param>
/// <param name="Makers">The tasks that update it, as <c>dag/task</c>.</param>
/// <param name="Followers">The DAGs whose schedules name it.</param>
/// <param name="Takers">The tasks that take its value, as <c>dag/task</c>.</param>
/// <param name="Latest">Its latest update; null when there was none.</param>
public sealed record AssetResource(
    long Id, string Uri, string? Type, JsonElement? Schema, IReadOnlyList<string> Makers, IReadOnlyList<string> Followers,
    IReadOnlyList<string> Takers, AssetEventResource? Latest)
{
    /// <summary>The asset as the API tells it.</summary>
    public static AssetResource Of(AssetView view) => new(
        view.Stored.Id, view.Stored.Uri, view.Model?.Type?.Name, view.Model?.Schema, view.Makers, view.Followers, view.Takers,
        view.Stored.Latest is { } latest ? AssetEventResource.Of(latest) : null);
}

/// <summary>One update of an asset.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Uri">The asset.</param>
/// <param name="Time">When.</param>
/// <param name="By">Who told of it: <c>dag/task</c>, a user, a token.</param>
/// <param name="RunId">The run whose task made it; null when a person or a program told of it.</param>
/// <param name="DagId">The DAG of that run.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Value">Its value; null when it has none, or one too large to be shown.</param>
/// <param name="Large">Where a large value is kept; null otherwise.</param>
/// <param name="Extra">What was said with it.</param>
public sealed record AssetEventResource(
    long Id, string Uri, DateTimeOffset Time, string By, long? RunId, string? DagId, string? TaskId, JsonPayload? Value, Artifact? Large,
    JsonPayload? Extra)
{
    /// <summary>The update as the API tells it.</summary>
    public static AssetEventResource Of(AssetEvent update) => new(
        update.Id, update.Uri, update.Time, update.By, update.RunId, update.DagId, update.TaskId, update.Value?.Json, update.Value?.Stored,
        update.Extra);
}

/// <summary>What a DAG that follows assets waits for.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="Condition">Which assets must have been updated since the last run that updates started, as a person reads it.</param>
/// <param name="Timing">Whether updates and the clock each start runs, or the clock's runs wait for the updates.</param>
/// <param name="Paused">Whether the DAG is paused: updates are noted, and nothing is started.</param>
/// <param name="Holds">Whether the condition holds, so that only the pause or the clock holds up the run.</param>
/// <param name="Assets">Each asset of the condition.</param>
public sealed record WaitingResource(
    string DagId, string Condition, Model.AssetTiming Timing, bool Paused, bool Holds, IReadOnlyList<WaitingAssetResource> Assets)
{
    /// <summary>What is waited for, as the API tells it.</summary>
    public static WaitingResource Of(WaitingDag waiting) => new(
        waiting.Dag.Id, waiting.Schedule.Assets.ToString(), waiting.Schedule.Timing, waiting.Dag.IsPaused, waiting.Holds,
        [.. waiting.Assets.Select(a => new WaitingAssetResource(
            a.Uri, a.Updates is not null, a.Updates?.Count ?? 0, a.Updates?.First, a.Updates?.Last))]);
}

/// <summary>One asset that a DAG follows.</summary>
/// <param name="Uri">The asset.</param>
/// <param name="Updated">Whether it has been updated since the last run that updates started.</param>
/// <param name="Updates">How often.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
public sealed record WaitingAssetResource(string Uri, bool Updated, long Updates, DateTimeOffset? First, DateTimeOffset? Last);

/// <summary>What tells of an update.</summary>
/// <param name="Uri">The asset.</param>
/// <param name="Value">Its value; left out for an asset that has none.</param>
/// <param name="Extra">What is said with it; optional.</param>
public sealed record UpdateAssetRequest(string Uri, JsonPayload? Value = null, JsonPayload? Extra = null);
