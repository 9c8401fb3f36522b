namespace Wizart.Flow.Engine.Runs;

/// <summary>
/// The states of a task instance. Names are Airflow's. Every arrow is made by <see cref="RunPlanner"/>; the diagram in
/// the handbook is held against <see cref="TaskStates.Next"/> by a test.
/// </summary>
public enum TaskState
{
    /// <summary>Waits for its upstream tasks. Entered when the run starts; left when its trigger rule is decided.</summary>
    None,

    /// <summary>Its rule holds, a limit (active tasks of the run) does not let it in yet. Left as soon as one does.</summary>
    Scheduled,

    /// <summary>Waits for a process. Entered when its rule and limits hold; left when a slot claims it, or on cancel.</summary>
    Queued,

    /// <summary>
    /// An attempt is under way on a node. Left by that attempt's outcome, or when the node is lost. A mapped task as a whole
    /// is running while its elements are worked on, and then becomes what they became.
    /// </summary>
    Running,

    /// <summary>
    /// Its attempt holds no process and waits: for its next look, another run, an asset, a person. Left when that comes, or
    /// when it has waited as long as it may.
    /// </summary>
    Deferred,

    /// <summary>An attempt failed and another follows at <c>RetryAt</c>. Left when that time comes, or on cancel.</summary>
    UpForRetry,

    /// <summary>Final: an attempt succeeded.</summary>
    Success,

    /// <summary>Final: the last attempt failed.</summary>
    Failed,

    /// <summary>Final: could not run because of a failure upstream.</summary>
    UpstreamFailed,

    /// <summary>Final: its condition, its body or a rule said that there was nothing to do.</summary>
    Skipped,

    /// <summary>Final: its task is no longer there in the version that the run goes on with, or the run is for other tasks only.</summary>
    Removed,

    /// <summary>Final: stopped, or never begun, because the run was cancelled or timed out.</summary>
    Cancelled,
}

/// <summary>Facts about task states.</summary>
public static class TaskStates
{
    private static readonly TaskState[][] Arrows = new TaskState[12][];

    static TaskStates()
    {
        Arrows[(int)TaskState.None] = [TaskState.Scheduled, TaskState.Queued, TaskState.Running, TaskState.Deferred, TaskState.Skipped, TaskState.UpstreamFailed, TaskState.Cancelled, TaskState.Removed];
        Arrows[(int)TaskState.Scheduled] = [TaskState.Queued, TaskState.Cancelled, TaskState.Removed];
        Arrows[(int)TaskState.Queued] = [TaskState.Running, TaskState.Cancelled, TaskState.Removed];
        Arrows[(int)TaskState.Running] = [TaskState.Success, TaskState.Failed, TaskState.Skipped, TaskState.UpstreamFailed, TaskState.UpForRetry, TaskState.Deferred, TaskState.Cancelled];
        Arrows[(int)TaskState.Deferred] = [TaskState.Scheduled, TaskState.Queued, TaskState.UpForRetry, TaskState.Success, TaskState.Failed, TaskState.Skipped, TaskState.Cancelled];
        Arrows[(int)TaskState.UpForRetry] = [TaskState.Scheduled, TaskState.Queued, TaskState.Deferred, TaskState.Cancelled, TaskState.Removed];
        for (var final = (int)TaskState.Success; final <= (int)TaskState.Cancelled; final++) Arrows[final] = [];
    }

    /// <summary>The states that may follow this one without a person's doing (clearing and marking are a person's doing).</summary>
    public static IReadOnlyList<TaskState> Next(this TaskState state) => Arrows[(int)state];

    /// <summary>Whether the instance is done for good.</summary>
    public static bool IsFinal(this TaskState state) => state >= TaskState.Success;
}
