using System.Collections.Concurrent;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Dags;

/// <summary>All published DAGs as the store has them, in memory.</summary>
public sealed class DagCatalog
{
    private readonly ConcurrentDictionary<string, StoredDag> _dags = new(StringComparer.Ordinal);

    /// <summary>All, inactive ones included.</summary>
    public IEnumerable<StoredDag> All => _dags.Values;

    /// <summary>One; null when it was never published.</summary>
    public StoredDag? Find(string id) => _dags.GetValueOrDefault(id);

    internal void Change(string id, Func<StoredDag, StoredDag> change)
    {
        while (Find(id) is { } dag && !_dags.TryUpdate(id, change(dag), dag))
        {
        }
    }

    internal void Set(StoredDag dag) => _dags[dag.Id] = dag;
}
