using System.Collections.Concurrent;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Dags;

/// <summary>All published DAGs as the store has them, in memory.</summary>
public sealed class DagCatalog
{
    private readonly ConcurrentDictionary<string, StoredDag> _dags = new(StringComparer.Ordinal);

    /// <summary>All, inactive ones included.</summary>
    public IEnumerable<StoredDag> All => _dags.Values;

    /// <summary>One; null when it was never published.</summary>
    public StoredDag? Find(string id) => _dags.GetValueOrDefault(id);

    /// <summary>How many runs of a DAG may be running; null when none may be started.</summary>
    public int? MaxActiveRuns(string id) => Find(id) is { IsActive: true, IsPaused: false } dag ? dag.Version.Model.MaxActiveRuns : null;

    /// <summary>A DAG as it is declared now; null when none declares it.</summary>
    public DagModel? ModelOf(string id) => Find(id) is { IsActive: true } dag ? dag.Version.Model : null;

    internal void Change(string id, Func<StoredDag, StoredDag> change)
    {
        while (Find(id) is { } dag && !_dags.TryUpdate(id, change(dag), dag))
        {
        }
    }

    internal void Set(StoredDag dag) => _dags[dag.Id] = dag;
}
