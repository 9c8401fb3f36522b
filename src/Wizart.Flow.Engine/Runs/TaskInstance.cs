using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>One task of one run. Mutable only inside a <see cref="LiveRun"/>, which its planner changes.</summary>
public sealed class TaskInstance
{
    /// <summary>The task's place in its DAG version's list.</summary>
    public required int TaskIndex { get; init; }

    /// <summary>The element of a mapped task; -1 for a plain one.</summary>
    public int MapIndex { get; init; } = -1;

    /// <summary>Where it stands.</summary>
    public TaskState State { get; set; }

    /// <summary>The number of its newest attempt; zero before the first.</summary>
    public int Attempt { get; set; }

    /// <summary>When it last began to wait for a process.</summary>
    public DateTimeOffset? QueuedAt { get; set; }

    /// <summary>When its newest attempt began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When the next attempt is due; only in <see cref="TaskState.UpForRetry"/>.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>Why it is in its state, for people.</summary>
    public string? Reason { get; set; }

    /// <summary>The node that runs or last ran it.</summary>
    public string? Node { get; set; }

    /// <summary>Of a mapped task's own instance (index -1): how many elements its list has, once that is known.</summary>
    public int? Elements { get; set; }

    /// <summary>What an element's instance is called; null when it has no name, or none yet.</summary>
    public string? Label { get; set; }

    /// <summary>How many attempts it had when it was last cleared: its retries are counted from there.</summary>
    public int AttemptsBefore { get; set; }

    /// <summary>
    /// What a person asked for while an attempt runs, and what it becomes once that attempt is stopped, whatever its outcome:
    /// <see cref="TaskState.None"/> when it was cleared, the state it was marked as otherwise. Null when nobody asked.
    /// </summary>
    public TaskState? Asked { get; set; }

    /// <summary>
    /// Of a mapped task's own instance: how many elements the list has that its source made last. Another number than
    /// <see cref="Elements"/> when the source was run again and this task was not.
    /// </summary>
    public int? ListCount { get; set; }

    /// <summary>Of a branch: the ids of the tasks it chose; null when it has not chosen.</summary>
    public IReadOnlyList<string>? Chosen { get; set; }

    /// <summary>How often its group was tried again as one.</summary>
    public int Round { get; set; }

    /// <summary>What earlier attempts kept; null when nothing.</summary>
    public IReadOnlyDictionary<string, JsonPayload>? Kept { get; set; }

    /// <summary>How far its waiting is; null when it does not wait for anything outside of its run.</summary>
    public InstanceWait? Wait { get; set; }

    /// <summary>A copy that stands at another place of the list of tasks.</summary>
    public TaskInstance At(int taskIndex) => new()
    {
        TaskIndex = taskIndex,
        MapIndex = MapIndex,
        State = State,
        Attempt = Attempt,
        QueuedAt = QueuedAt,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        RetryAt = RetryAt,
        Reason = Reason,
        Node = Node,
        Elements = Elements,
        AttemptsBefore = AttemptsBefore,
        Asked = Asked,
        ListCount = ListCount,
        Chosen = Chosen,
        Label = Label,
        Kept = Kept,
        Wait = Wait,
        Round = Round,
    };
}
