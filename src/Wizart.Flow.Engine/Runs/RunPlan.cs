using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>What must be done once the changes of a planning step are stored.</summary>
public sealed class RunPlan
{
    private SortedSet<(int Task, int Map)>? _told;

    /// <summary>Instances that now wait for a process.</summary>
    public List<TaskInstance> Queued { get; } = [];

    /// <summary>Instances whose next attempt is due later.</summary>
    public List<TaskInstance> Retries { get; } = [];

    /// <summary>Instances that now wait for something outside of their run.</summary>
    public List<TaskInstance> Waits { get; } = [];

    /// <summary>Instances that are to start a run of another DAG.</summary>
    public List<TaskInstance> Triggers { get; } = [];

    /// <summary>Running attempts to stop.</summary>
    public List<AttemptStop> Stops { get; } = [];

    /// <summary>Instances that became final while planning, whose downstream is still to be decided.</summary>
    internal Stack<TaskInstance> Finished { get; } = new();

    /// <summary>Tasks, and elements of mapped ones, that wait for something that became final and are to be decided.</summary>
    internal SortedSet<(int Task, int Map)> Told => _told ??= [];

    /// <summary>Tasks that may begin as soon as their past is found to be good.</summary>
    public List<int> AwaitsPast { get; } = [];

    /// <summary>Whether the run ended.</summary>
    public bool Ended { get; set; }
}

/// <summary>A running attempt to stop, and why.</summary>
/// <param name="Task">The instance.</param>
/// <param name="Attempt">The attempt that is meant; a later one is left alone.</param>
/// <param name="Kind">What kind of stop.</param>
/// <param name="Reason">For people.</param>
public sealed record AttemptStop(TaskInstance Task, int Attempt, StopKind Kind, string Reason);
