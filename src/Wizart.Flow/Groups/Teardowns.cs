namespace Wizart.Flow;

/// <summary>What cleans up after other tasks.</summary>
public static class Teardowns
{
    /// <summary>
    /// Makes the task a teardown: it runs once all it waits for is done and its setup has succeeded, whatever else happened:
    /// a failure, a cancel, a timeout of the run, a person's mark. Without an <c>After</c> of its own it waits for all that
    /// follows the setup, within its group where it is in one. What waits for the group it is in does not wait for it.
    /// </summary>
    /// <param name="task">The task: what its ending word gave.</param>
    /// <param name="of">The setup.</param>
    public static T Teardown<T>(this T task, ITask of)
        where T : ITask
    {
        ArgumentNullException.ThrowIfNull(of);
        task.Draft.Teardown(of.Draft);
        return task;
    }
}
