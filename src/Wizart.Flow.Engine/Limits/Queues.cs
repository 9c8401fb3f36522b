namespace Wizart.Flow.Engine.Limits;

/// <summary>Queues: which nodes a task may run on.</summary>
public static class Queues
{
    /// <summary>The queue of tasks that name none.</summary>
    public const string Default = "default";
}
