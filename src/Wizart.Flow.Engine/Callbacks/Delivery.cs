using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Callbacks;

/// <summary>The states of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>Entered with the change that it tells of, in the same transaction; left by a try that succeeds or is the last.</summary>
    Pending,

    /// <summary>Final: its notifier took it. May have been told more than once.</summary>
    Delivered,

    /// <summary>Final: no try succeeded.</summary>
    GivenUp,
}

/// <summary>One callback that is to be told to one notifier: a row of the outbox.</summary>
public sealed record Delivery
{
    /// <summary>The store's number for it; zero before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The run.</summary>
    public required long RunId { get; init; }

    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>What happened.</summary>
    public required CallbackEvent Event { get; init; }

    /// <summary>The task's place in the run's version; -1 when it is about the run as a whole.</summary>
    public int TaskIndex { get; init; } = -1;

    /// <summary>The element of a mapped task; -1 for a plain one and for a run.</summary>
    public int MapIndex { get; init; } = -1;

    /// <summary>The task's id; null when it is about the run as a whole.</summary>
    public string? TaskId { get; init; }

    /// <summary>The attempt that ended; zero for a run, and for a task that was never begun.</summary>
    public int Attempt { get; init; }

    /// <summary>The state then, in a word: <c>failed</c>, <c>up_for_retry</c>…</summary>
    public required string State { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>Who is told.</summary>
    public required NotifierModel Notifier { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where the delivery stands.</summary>
    public DeliveryState Status { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>When it is tried next; null once it is over.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why the last try failed; null when none did.</summary>
    public string? Error { get; init; }

    /// <summary>When it was delivered or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>How one try of a delivery went.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Number">Which try, from one; stored only over the one before it.</param>
/// <param name="Status">Where the delivery stands now.</param>
/// <param name="At">When.</param>
/// <param name="DueAt">When the next try is due; null when there is none.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record DeliveryTry(
    long DeliveryId, int Number, DeliveryState Status, DateTimeOffset At, DateTimeOffset? DueAt, string? Error);
