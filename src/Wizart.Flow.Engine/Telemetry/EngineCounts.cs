using System.Collections.Concurrent;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Telemetry;

/// <summary>What this node has done since it started, for who watches it from outside.</summary>
public sealed class EngineCounts
{
    private readonly ConcurrentDictionary<RunState, long> _runs = new();
    private readonly ConcurrentDictionary<string, long> _attempts = new();

    /// <summary>Runs that ended here, by how.</summary>
    public IReadOnlyDictionary<RunState, long> Runs => _runs;

    /// <summary>Attempts that ended here, by how: <c>succeeded</c>, <c>failed</c>, <c>skipped</c>, <c>cancelled</c>, <c>deferred</c>.</summary>
    public IReadOnlyDictionary<string, long> Attempts => _attempts;

    /// <summary>From the start of runs to their ends, in seconds.</summary>
    public Distribution RunDurations { get; } = Distribution.OfSpans();

    /// <summary>From the time that runs were due to their starts, in seconds.</summary>
    public Distribution RunDelays { get; } = Distribution.OfSpans();

    /// <summary>How long attempts took in their slots, in seconds.</summary>
    public Distribution AttemptDurations { get; } = Distribution.OfSpans();

    /// <summary>A run ended.</summary>
    public void RunEnded(DagRun run)
    {
        _runs.AddOrUpdate(run.State, 1, static (_, count) => count + 1);
        if (run.StartedAt is not { } started) return;
        if (run.EndedAt is { } ended) RunDurations.Note((ended - started).TotalSeconds);
        RunDelays.Note(Math.Max(0, (started - run.RunAfter).TotalSeconds));
    }

    /// <summary>An attempt ended.</summary>
    public void AttemptEnded(AttemptOutcome outcome, TimeSpan duration)
    {
        _attempts.AddOrUpdate(WordOf(outcome), 1, static (_, count) => count + 1);
        AttemptDurations.Note(duration.TotalSeconds);
    }

    private static string WordOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => "succeeded",
        AttemptOutcome.Skipped => "skipped",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Deferred => "deferred",
        _ => "cancelled",
    };
}
