using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Schema;

/// <summary>One row of the outbox.</summary>
internal sealed class DeliveryRow
{
    public long Id { get; init; }
    public required long RunId { get; init; }
    public required string DagId { get; init; }
    public required CallbackEvent Event { get; init; }

    /// <summary>-1 when it is about the run as a whole.</summary>
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public string? TaskId { get; init; }
    public required int Attempt { get; init; }
    public required string State { get; init; }
    public string? Reason { get; init; }

    /// <summary>A NotifierModel as JSON.</summary>
    public required string Notifier { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DeliveryState Status { get; init; }
    public required int Tries { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}
