namespace Wizart.Flow.Engine.Runs;

/// <summary>What a clear changes beside the states of instances; stored with the other changes of the run.</summary>
public sealed record RunRework
{
    /// <summary>Whether it had ended and is to run again: the row's <c>queued_at</c> and <c>restarts</c> are stored too.</summary>
    public bool Restarted { get; init; }

    /// <summary>Outputs to remove: nobody may read what a cleared instance gave before.</summary>
    public IReadOnlyList<InstanceKey> RemovedOutputs { get; init; } = [];
}

/// <summary>A task instance of a run.</summary>
/// <param name="TaskIndex">The task's place in its DAG version's list.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for the task itself, all its elements included.</param>
public readonly record struct InstanceKey(int TaskIndex, int MapIndex = -1);
