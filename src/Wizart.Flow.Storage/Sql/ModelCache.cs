using System.Collections.Concurrent;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Models that were read before: a list of a thousand DAGs is looked at often, and its models rarely change.</summary>
internal sealed class ModelCache
{
    private const int Most = 2000;
    private readonly ConcurrentDictionary<(long Version, string Image), DagModel> _models = new();

    /// <summary>A version's model. Both together name it: a version that moves to another image gets that image's model.</summary>
    public DagModel Get(long version, string image, Func<string> json)
    {
        if (_models.TryGetValue((version, image), out var model)) return model;
        if (_models.Count >= Most) _models.Clear();
        return _models[(version, image)] = StoredJson.Model(json());
    }
}
