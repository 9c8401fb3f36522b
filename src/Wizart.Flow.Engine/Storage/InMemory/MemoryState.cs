using System.Collections.Immutable;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>All that is stored, at one time. Immutable: a reader keeps what it began with, a transaction works on its own.</summary>
internal sealed record MemoryState
{
    public static MemoryState Empty { get; } = new();

    public long LastRunId { get; init; }

    public long LastDeliveryId { get; init; }

    public long LastMetricId { get; init; }

    public ImmutableSortedDictionary<long, MemoryRun> Runs { get; init; } = ImmutableSortedDictionary<long, MemoryRun>.Empty;

    /// <summary>The scheduled and backfilled runs of each interval.</summary>
    public ImmutableDictionary<(string Dag, DateTimeOffset LogicalDate), ImmutableSortedSet<long>> Slots { get; init; } =
        ImmutableDictionary<(string, DateTimeOffset), ImmutableSortedSet<long>>.Empty;

    public ImmutableSortedDictionary<long, Backfill> Backfills { get; init; } = ImmutableSortedDictionary<long, Backfill>.Empty;

    public ImmutableSortedDictionary<long, DagVersion> Versions { get; init; } = ImmutableSortedDictionary<long, DagVersion>.Empty;

    public ImmutableSortedDictionary<string, StoredDag> Dags { get; init; } =
        ImmutableSortedDictionary.Create<string, StoredDag>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, ImportError> ImportErrors { get; init; } =
        ImmutableSortedDictionary.Create<string, ImportError>(StringComparer.Ordinal);

    public ImmutableDictionary<string, JsonPayload> Variables { get; init; } = ImmutableDictionary<string, JsonPayload>.Empty;

    public ImmutableSortedDictionary<string, Connections.StoredConnection> Connections { get; init; } =
        ImmutableSortedDictionary.Create<string, Connections.StoredConnection>(StringComparer.Ordinal);

    /// <summary>Answers to requests that may be sent again.</summary>
    public ImmutableDictionary<string, (DateTimeOffset At, Requests.KeptAnswer Answer)> Answers { get; init; } =
        ImmutableDictionary<string, (DateTimeOffset, Requests.KeptAnswer)>.Empty;

    public ImmutableSortedDictionary<string, StoredPool> Pools { get; init; } =
        ImmutableSortedDictionary.Create<string, StoredPool>(StringComparer.Ordinal);

    /// <summary>What running instances hold.</summary>
    public ImmutableSortedDictionary<(long Run, int Task, int Map), HeldSlots> Held { get; init; } =
        ImmutableSortedDictionary<(long, int, int), HeldSlots>.Empty;

    public ImmutableList<AuditEntry> Audit { get; init; } = [];

    /// <summary>Users by what makes their names the same.</summary>
    public ImmutableSortedDictionary<string, User> Users { get; init; } = ImmutableSortedDictionary.Create<string, User>(StringComparer.Ordinal);

    public ImmutableDictionary<string, Session> Sessions { get; init; } = ImmutableDictionary<string, Session>.Empty;

    public long LastTokenId { get; init; }

    public ImmutableSortedDictionary<long, StoredToken> Tokens { get; init; } = ImmutableSortedDictionary<long, StoredToken>.Empty;

    public ImmutableDictionary<string, SignInLink> Links { get; init; } = ImmutableDictionary<string, SignInLink>.Empty;

    /// <summary>Assets by their uri, with their numbers.</summary>
    public ImmutableSortedDictionary<string, long> Assets { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public long LastAssetEventId { get; init; }

    public ImmutableSortedDictionary<long, AssetEvent> AssetEvents { get; init; } = ImmutableSortedDictionary<long, AssetEvent>.Empty;

    /// <summary>The updates that DAGs know of since their last run.</summary>
    public ImmutableList<MemoryQueued> AssetQueue { get; init; } = [];

    /// <summary>Hashes that went with removed runs and were not yet reported.</summary>
    public ImmutableHashSet<string> Released { get; init; } = [];

    /// <summary>The DAGs with their versions as they are now.</summary>
    public IEnumerable<StoredDag> CurrentDags => Dags.Values.Select(dag => dag with { Version = Versions[dag.Version.Id] });

    /// <summary>The runs of an interval, oldest first.</summary>
    public IEnumerable<DagRun> RunsOf(string dagId, DateTimeOffset logicalDate) =>
        Slots.TryGetValue((dagId, logicalDate), out var ids) ? ids.Select(id => Runs[id].Run) : [];

    /// <summary>The same without some runs.</summary>
    public MemoryState Without(IEnumerable<DagRun> gone)
    {
        var slots = Slots.ToBuilder();
        var runs = Runs.ToBuilder();
        foreach (var run in gone)
        {
            runs.Remove(run.Id);
            if (!slots.TryGetValue((run.DagId, run.LogicalDate), out var ids)) continue;
            ids = ids.Remove(run.Id);
            if (ids.IsEmpty) slots.Remove((run.DagId, run.LogicalDate));
            else slots[(run.DagId, run.LogicalDate)] = ids;
        }

        return this with { Runs = runs.ToImmutable(), Slots = slots.ToImmutable() };
    }

    /// <summary>The same with one run changed, if it is there.</summary>
    public MemoryState WithRun(long id, Func<MemoryRun, MemoryRun> change) =>
        Runs.TryGetValue(id, out var run) ? this with { Runs = Runs.SetItem(id, change(run)) } : this;
}

/// <summary>A point of a series and its number.</summary>
internal sealed record MemoryMetric(long Id, MetricPoint Point);

/// <summary>An update in the queue of a DAG.</summary>
internal sealed record MemoryQueued(string DagId, string Uri, long? EventId, DateTimeOffset At);
