using System.Collections.Immutable;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>All that is stored, at one time. Immutable: a reader keeps what it began with, a transaction works on its own.</summary>
internal sealed record MemoryState
{
    public static MemoryState Empty { get; } = new();

    public long LastRunId { get; init; }

    public long LastDeliveryId { get; init; }

    public ImmutableSortedDictionary<long, MemoryRun> Runs { get; init; } = ImmutableSortedDictionary<long, MemoryRun>.Empty;

    /// <summary>What keeps a scheduled or backfilled run from being stored twice.</summary>
    public ImmutableHashSet<(string Dag, DateTimeOffset LogicalDate, RunKind Kind)> Slots { get; init; } = [];

    public ImmutableSortedDictionary<long, DagVersion> Versions { get; init; } = ImmutableSortedDictionary<long, DagVersion>.Empty;

    public ImmutableSortedDictionary<string, StoredDag> Dags { get; init; } =
        ImmutableSortedDictionary.Create<string, StoredDag>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, ImportError> ImportErrors { get; init; } =
        ImmutableSortedDictionary.Create<string, ImportError>(StringComparer.Ordinal);

    public ImmutableDictionary<string, JsonPayload> Variables { get; init; } = ImmutableDictionary<string, JsonPayload>.Empty;

    public ImmutableList<AuditEntry> Audit { get; init; } = [];

    /// <summary>Hashes that went with removed runs and were not yet reported.</summary>
    public ImmutableHashSet<string> Released { get; init; } = [];

    /// <summary>The DAGs with their versions as they are now.</summary>
    public IEnumerable<StoredDag> CurrentDags => Dags.Values.Select(dag => dag with { Version = Versions[dag.Version.Id] });

    /// <summary>The same with one run changed, if it is there.</summary>
    public MemoryState WithRun(long id, Func<MemoryRun, MemoryRun> change) =>
        Runs.TryGetValue(id, out var run) ? this with { Runs = Runs.SetItem(id, change(run)) } : this;
}
