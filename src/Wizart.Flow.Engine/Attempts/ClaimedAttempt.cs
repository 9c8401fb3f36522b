using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>An attempt that the store knows as running on this node: a snapshot of all that is needed to run it.</summary>
public sealed record ClaimedAttempt
{
    /// <summary>The run as it was when the attempt was claimed.</summary>
    public required DagRun Run { get; init; }

    /// <summary>The version that the run is on.</summary>
    public required DagVersion Version { get; init; }

    /// <summary>The task.</summary>
    public required TaskModel Task { get; init; }

    /// <summary>The element of a mapped task; -1 for a plain one.</summary>
    public int MapIndex { get; init; } = -1;

    /// <summary>Which attempt, from one.</summary>
    public required int Number { get; init; }

    /// <summary>Which look of the attempt, from zero: a sensor's attempt gives its process back between looks.</summary>
    public int Look { get; init; }

    /// <summary>How many attempts there were when it was last cleared.</summary>
    public int AttemptsBefore { get; init; }

    /// <summary>Of an element: the attempt of the task that made the list. A later one may make another list.</summary>
    public int ListAttempt { get; init; }

    /// <summary>What earlier attempts kept.</summary>
    public IReadOnlyDictionary<string, JsonPayload>? Kept { get; init; }

    /// <summary>Outputs of upstream tasks that are still in memory, by task index; the others are read from the store.</summary>
    public IReadOnlyDictionary<int, TaskValue> KnownOutputs { get; init; } = NoOutputs;

    /// <summary>Upstream tasks of the same mapped group: their outputs for the same element are taken.</summary>
    public IReadOnlyList<int> PerElement { get; init; } = [];

    /// <summary>What the element upstream gave, while it is still in memory; otherwise it is read from the store.</summary>
    public TaskValue? KnownElement { get; init; }

    /// <summary>The attempt's key.</summary>
    public AttemptKey Key => new(Run.Id, Task.Index, MapIndex, Number);

    private static readonly Dictionary<int, TaskValue> NoOutputs = [];
}
