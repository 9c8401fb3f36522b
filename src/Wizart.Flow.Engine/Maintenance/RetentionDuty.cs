using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Maintenance;

/// <summary>How long things are kept; null keeps them for ever.</summary>
public sealed record RetentionOptions
{
    /// <summary>Finished runs, with all that belongs to them.</summary>
    public TimeSpan? Runs { get; init; }

    /// <summary>Logs of finished runs.</summary>
    public TimeSpan? Logs { get; init; }

    /// <summary>Artifacts of finished runs.</summary>
    public TimeSpan? Artifacts { get; init; }

    /// <summary>How often it is looked. One hour.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Removes what is older than its time, in portions, so that the work goes on beside it.</summary>
public sealed class RetentionDuty(
    IRetention retention, IArtifactStore artifacts, RetentionOptions options, TimeProvider time, ILogger<RetentionDuty> log) : IDuty
{
    private const int Portion = 200;

    /// <inheritdoc/>
    public string Name => "retention";

    /// <inheritdoc/>
    public TimeSpan Every => options.Every;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var files = options.Artifacts is { } artifactAge ? await RemoveArtifactsAsync(now - artifactAge, cancellation) : 0;
        var logs = options.Logs is { } logAge
            ? await InPortionsAsync(limit => retention.RemoveLogsAsync(now - logAge, limit, cancellation))
            : 0;
        // A run takes its artifact rows with it: these are removed first, so that their files are known.
        if (options.Runs is { } runAge)
        {
            files += await RemoveArtifactsAsync(now - runAge, cancellation);
            var runs = await InPortionsAsync(limit => retention.RemoveRunsAsync(now - runAge, limit, cancellation));
            await InPortionsAsync(limit => retention.RemoveAssetEventsAsync(now - runAge, limit, cancellation));
            if (runs > 0) log.LogInformation("Removed {Runs} runs that ended before {Before:O}", runs, now - runAge);
        }

        if (files + logs > 0) log.LogInformation("Removed {Files} artifacts and {Logs} batches of log lines", files, logs);
    }

    private async Task<int> RemoveArtifactsAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var removed = 0;
        while (await retention.RemoveArtifactsAsync(before, Portion, cancellation) is { Count: > 0 } hashes)
        {
            foreach (var hash in hashes) artifacts.Delete(hash);
            removed += hashes.Count;
        }

        return removed;
    }

    private static async Task<int> InPortionsAsync(Func<int, Task<int>> remove)
    {
        var all = 0;
        int removed;
        do all += removed = await remove(Portion);
        while (removed >= Portion);
        return all;
    }
}
