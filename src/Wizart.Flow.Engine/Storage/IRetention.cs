namespace Wizart.Flow.Engine.Storage;

/// <summary>Removes what is older than its time. Never touches a run that is not final.</summary>
public interface IRetention
{
    /// <summary>
    /// Removes finished runs, with all that belongs to them, that ended before a time; at most <paramref name="limit"/> at once.
    /// The newest scheduled run of each DAG stays, whatever its age: its schedule goes on from it.
    /// </summary>
    /// <returns>How many runs were removed.</returns>
    Task<int> RemoveRunsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation);

    /// <summary>Removes log lines of finished runs that ended before a time; the runs stay.</summary>
    /// <returns>How many batches of lines were removed.</returns>
    Task<int> RemoveLogsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation);

    /// <summary>
    /// Removes updates of assets that are older than a time and whose run is gone, or that had none. The latest of each asset
    /// stays, whatever its age: it is the asset's value.
    /// </summary>
    /// <returns>How many updates were removed.</returns>
    Task<int> RemoveAssetEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellation);

    /// <summary>
    /// Forgets artifacts of finished runs that ended before a time, and takes up those that went with a removed run, large
    /// outputs included. With <see cref="DateTimeOffset.MinValue"/> only the latter.
    /// </summary>
    /// <returns>The content hashes that no row names any more: their files may be deleted.</returns>
    Task<IReadOnlyList<string>> RemoveArtifactsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation);
}
