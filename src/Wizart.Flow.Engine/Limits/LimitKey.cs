namespace Wizart.Flow.Engine.Limits;

/// <summary>What limits how many attempts run at once, beside the slots of a node.</summary>
public enum LimitKind
{
    /// <summary>A pool.</summary>
    Pool,

    /// <summary><c>MaxActive</c> of one task, over all runs of its DAG.</summary>
    Task,
}

/// <summary>One limit.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Name">The pool's name, or <c>dag/task</c>.</param>
public readonly record struct LimitKey(LimitKind Kind, string Name)
{
    /// <summary>A pool.</summary>
    public static LimitKey OfPool(string name) => new(LimitKind.Pool, name);

    /// <summary><c>MaxActive</c> of a task.</summary>
    public static LimitKey OfTask(string dagId, string taskId) => new(LimitKind.Task, $"{dagId}/{taskId}");
}
