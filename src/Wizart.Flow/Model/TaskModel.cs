namespace Wizart.Flow.Model;

/// <summary>What ends a task's declaration, and so what it does.</summary>
public enum TaskKind
{
    /// <summary><c>Run(body)</c>.</summary>
    Body,

    /// <summary><c>WaitUntil</c>, <c>WaitFor</c>.</summary>
    Sensor,

    /// <summary><c>Choose</c>.</summary>
    Branch,

    /// <summary><c>Trigger</c>.</summary>
    TriggerDag,

    /// <summary><c>Approve</c>.</summary>
    Approval,
}

/// <summary>One task of a <see cref="DagModel"/>.</summary>
public sealed record TaskModel
{
    /// <summary>Unique in its DAG; tasks in a group carry the group's id and a dot before their own.</summary>
    public required string Id { get; init; }

    /// <summary>Its place in <see cref="DagModel.Tasks"/>.</summary>
    public required int Index { get; init; }

    /// <summary>What it does.</summary>
    public TaskKind Kind { get; init; }

    /// <summary>Markdown for people.</summary>
    public string? Description { get; init; }

    /// <summary>The group it is in, by its place in <see cref="DagModel.Groups"/>; null when it is in none.</summary>
    public int? Group { get; init; }

    /// <summary>Of a teardown: the place of its setup. It runs once all it waits for is done and the setup succeeded, whatever else happened.</summary>
    public int? TeardownOf { get; init; }

    /// <summary>What the body takes, in order.</summary>
    public IReadOnlyList<InputModel> Inputs { get; init; } = [];

    /// <summary>Indexes of the tasks it directly waits for, by data or by order, ascending and each once.</summary>
    public IReadOnlyList<int> Upstream { get; init; } = [];

    /// <summary>Indexes of those among <see cref="Upstream"/> that give order only, no data.</summary>
    public IReadOnlyList<int> After { get; init; } = [];

    /// <summary>The input whose elements it is mapped over; null for a plain task.</summary>
    public InputModel? ForEach { get; init; }

    /// <summary>How many elements there are, when the script itself holds the list; null when only the run knows.</summary>
    public int? ElementCount { get; init; }

    /// <summary>How many of its mapped instances may run at once; null for no limit of its own.</summary>
    public int? AtMost { get; init; }

    /// <summary>What must have become of the upstream tasks before it starts.</summary>
    public TriggerRule TriggerRule { get; init; } = TriggerRule.AllSuccess;

    /// <summary>The source text of <c>OnlyIf</c>, shown as the reason when the task is skipped; null without one.</summary>
    public string? Condition { get; init; }

    /// <summary>How often and when a failed attempt is tried again.</summary>
    public RetryModel Retry { get; init; } = RetryModel.None;

    /// <summary>An attempt that lasts longer than this is killed and counts as failed; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Higher goes first when slots are short: its own number, or its DAG's. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whose numbers are added to its own.</summary>
    public Weight WeightRule { get; init; }

    /// <summary>The pool whose slots an attempt holds; null for none.</summary>
    public string? Pool { get; init; }

    /// <summary>How many slots of its pool an attempt holds.</summary>
    public int PoolSlots { get; init; } = 1;

    /// <summary>The queue it is in; null for <c>default</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>How many of its instances may run at once in all runs of the DAG together; null for no limit.</summary>
    public int? MaxActive { get; init; }

    /// <summary>Whether it waits for the same task of the scheduled run before.</summary>
    public bool DependsOnPast { get; init; }

    /// <summary>Its failure does not fail the run.</summary>
    public bool AllowFailure { get; init; }

    /// <summary>Who is told what becomes of it, in the order of declaration.</summary>
    public IReadOnlyList<CallbackModel> Callbacks { get; init; } = [];

    /// <summary>What it waits for without a process; null for a task that does something itself.</summary>
    public WaitModel? Wait { get; init; }

    /// <summary>The uris of the assets that it updates when it succeeds.</summary>
    public IReadOnlyList<string> Into { get; init; } = [];

    /// <summary>The type of its output; null when it has none.</summary>
    public TypeModel? Output { get; init; }

    /// <summary>Where <c>dag.Task(id)</c> stands.</summary>
    public SourceLocation? Location { get; init; }
}
