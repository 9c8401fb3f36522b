using Wizart.Flow.Engine.Backfills;

namespace Wizart.Flow.Storage.Schema;

internal sealed class BackfillRow
{
    public long Id { get; init; }
    public required string DagId { get; init; }
    public required long VersionId { get; init; }
    public required DateTimeOffset RangeFrom { get; init; }
    public required DateTimeOffset RangeTo { get; init; }
    public required Reprocess Reprocess { get; init; }
    public required int MaxActive { get; init; }
    public required bool Backwards { get; init; }
    public string? Params { get; init; }
    public string? Tasks { get; init; }
    public required BackfillState State { get; init; }
    public DateTimeOffset? Position { get; init; }
    public required long Total { get; init; }
    public required long Created { get; init; }
    public required long Skipped { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required long Revision { get; init; }
}
