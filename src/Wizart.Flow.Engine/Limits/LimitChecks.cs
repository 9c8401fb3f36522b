using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Limits;

/// <summary>What is worth a warning about limits, beyond what one script can know.</summary>
public static class LimitChecks
{
    /// <summary>Tasks in queues that this node does not serve.</summary>
    /// <param name="dags">The DAGs.</param>
    /// <param name="served">The queues that the node serves; none stands for all.</param>
    public static IEnumerable<Diagnostic> UnservedQueues(IEnumerable<DagModel> dags, IReadOnlyCollection<string> served) =>
        from dag in served.Count == 0 ? [] : dags
        from task in dag.Tasks
        let queue = task.Queue ?? Queues.Default
        where !served.Contains(queue)
        select new Diagnostic(
            FlowCodes.UnservedQueue,
            $"Task '{task.Id}' of DAG '{dag.Id}' is in queue '{queue}', which this node does not serve; it serves {string.Join(", ", served)}. "
            + "Add the queue to the setting Flow:Queues of a node, or the task waits for ever.",
            task.Location,
            DiagnosticSeverity.Warning);

    /// <summary>Pools that other files give another size.</summary>
    /// <param name="dags">The DAGs of one file.</param>
    /// <param name="others">The DAGs of the other files.</param>
    public static IEnumerable<Diagnostic> PoolSizes(IEnumerable<DagModel> dags, IEnumerable<(string File, DagModel Model)> others)
    {
        var declared = others.SelectMany(other => other.Model.Pools.Select(pool => (other.File, Pool: pool))).ToLookup(other => other.Pool.Name);
        foreach (var pool in dags.SelectMany(dag => dag.Pools).DistinctBy(pool => pool.Name))
        {
            var (file, other) = declared[pool.Name].FirstOrDefault(one => one.Pool.Slots != pool.Slots);
            if (other is null) continue;
            yield return new Diagnostic(
                FlowCodes.PoolSizesDiffer,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Pool '{pool.Name}' has {pool.Slots} slots here and {other.Slots} in {file}. The smallest number counts. Declare it once, in a file that both #load."),
                pool.Location,
                DiagnosticSeverity.Warning);
        }
    }

    /// <summary>How many slots the scripts give their pools: of different numbers the smallest.</summary>
    public static IReadOnlyDictionary<string, int> PoolsInForce(IEnumerable<DagModel> dags, IEnumerable<DagModel> others) =>
        dags.Concat(others).SelectMany(dag => dag.Pools).GroupBy(pool => pool.Name, StringComparer.Ordinal)
            .ToDictionary(pools => pools.Key, pools => pools.Min(pool => pool.Slots), StringComparer.Ordinal);
}
