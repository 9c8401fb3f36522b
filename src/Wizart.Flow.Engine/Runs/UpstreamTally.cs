namespace Wizart.Flow.Engine.Runs;

/// <summary>How many direct upstream instances of one task are done, and how. All that a trigger rule looks at.</summary>
public struct UpstreamTally
{
    /// <summary>Upstream instances in all.</summary>
    public int Total { get; set; }

    /// <summary>Those that succeeded.</summary>
    public int Succeeded { get; set; }

    /// <summary>Those that were skipped.</summary>
    public int Skipped { get; set; }

    /// <summary>Those that failed.</summary>
    public int Failed { get; set; }

    /// <summary>Those that could not run because of a failure.</summary>
    public int UpstreamFailed { get; set; }

    /// <summary>Those that are no longer there.</summary>
    public int Removed { get; set; }

    /// <summary>Those that are done, whatever became of them.</summary>
    public readonly int Done => Succeeded + Skipped + Failed + UpstreamFailed + Removed;

    /// <summary>Whether all are done.</summary>
    public readonly bool AllDone => Done >= Total;

    /// <summary>Counts an upstream instance that became final. A cancelled one counts as failed.</summary>
    public void Count(TaskState state)
    {
        switch (state)
        {
            case TaskState.Success: Succeeded++; break;
            case TaskState.Skipped: Skipped++; break;
            case TaskState.Failed or TaskState.Cancelled: Failed++; break;
            case TaskState.UpstreamFailed: UpstreamFailed++; break;
            case TaskState.Removed: Removed++; break;
            default: throw new ArgumentOutOfRangeException(nameof(state), state, "Only final states are counted.");
        }
    }
}
