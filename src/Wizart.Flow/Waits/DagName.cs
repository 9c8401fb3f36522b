namespace Wizart.Flow;

/// <summary>Another DAG: by its id, or one that the same script declares.</summary>
/// <param name="Id">The id.</param>
public readonly record struct DagName(string Id)
{
    /// <summary>By id.</summary>
    public static implicit operator DagName(string id) => new(id);

    /// <summary>One of the same script.</summary>
    public static implicit operator DagName(Dag dag) => new((dag ?? throw new ArgumentNullException(nameof(dag))).Id);
}
