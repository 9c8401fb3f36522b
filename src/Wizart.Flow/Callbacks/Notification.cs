using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What a callback tells. Secrets are masked in it.</summary>
public sealed record Notification
{
    /// <summary>The delivery's number: the same in every try of it, so that a receiver can tell a repeated one.</summary>
    public required long Id { get; init; }

    /// <summary>What happened.</summary>
    public required CallbackEvent Event { get; init; }

    /// <summary>The DAG.</summary>
    public required string Dag { get; init; }

    /// <summary>The run's number.</summary>
    public required long Run { get; init; }

    /// <summary>Start of the run's interval; null when the run is no longer stored.</summary>
    public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>The task; null when it is about the run as a whole.</summary>
    public string? Task { get; init; }

    /// <summary>The element of a mapped task; null for a plain one and for a run.</summary>
    public int? MapIndex { get; init; }

    /// <summary>The attempt that ended; null for a run, and for a task that was never begun.</summary>
    public int? Attempt { get; init; }

    /// <summary>The state then, in the API's words: <c>failed</c>, <c>up_for_retry</c>…</summary>
    public required string State { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The attempt's error; for a run, that of its first failed task.</summary>
    public TaskError? Error { get; init; }

    /// <summary>The last lines of the attempt's log; for a run, of its first failed task.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>Where more is to be seen.</summary>
    public string? Link { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One line: <c>DAG etl, run 7: task 'load' failed: …</c></summary>
    public string Title
    {
        get
        {
            var what = Task is null ? "the run" : MapIndex is { } map ? $"task '{Task}[{map}]'" : $"task '{Task}'";
            var why = Error?.Message ?? Reason;
            return $"DAG '{Dag}', run {Run}: {what} is {State.Replace('_', ' ')}{(why is null ? "" : $": {why}")}";
        }
    }
}
