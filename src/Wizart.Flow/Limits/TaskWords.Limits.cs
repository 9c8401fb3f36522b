namespace Wizart.Flow;

public abstract partial class TaskWords<TSelf>
{
    /// <summary>An attempt of it runs only while it holds slots of a pool, which all tasks of that pool share. Retries take them anew.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="slots">How many slots it needs; one or more, and no more than the pool has.</param>
    public TSelf Pool(Pool pool, int slots = 1)
    {
        ArgumentNullException.ThrowIfNull(pool);
        (Draft.Pool, Draft.PoolSlots) = (pool, slots);
        return (TSelf)this;
    }

    /// <summary>It runs on nodes that serve this queue, and nowhere else. Without it a task is in the queue <c>default</c>.</summary>
    public TSelf Queue(string name)
    {
        Draft.Queue = name ?? "";
        return (TSelf)this;
    }

    /// <summary>Higher goes first when slots are short. Default: what its DAG says, or 0.</summary>
    /// <param name="weight">The number.</param>
    /// <param name="rule">Whether the numbers of tasks after or before it are added to its own.</param>
    public TSelf Priority(int weight, Weight rule = Weight.Downstream)
    {
        (Draft.Priority, Draft.WeightRule) = (weight, rule);
        return (TSelf)this;
    }

    /// <summary>At most so many of its instances run at once, in all runs of the DAG together.</summary>
    /// <param name="count">One or more.</param>
    public TSelf MaxActive(int count)
    {
        Draft.MaxActive = count;
        return (TSelf)this;
    }

    /// <summary>
    /// It waits until the same task of the scheduled run before, by logical date, has succeeded or was skipped. In the first
    /// run it does not wait.
    /// </summary>
    public TSelf DependsOnPast()
    {
        Draft.DependsOnPast = true;
        return (TSelf)this;
    }
}
