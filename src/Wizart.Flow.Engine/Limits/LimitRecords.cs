using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Limits;

/// <summary>What is taken of a limit, as the store knows it.</summary>
/// <param name="Key">The limit.</param>
/// <param name="Size">How many slots a pool has; null for a task's limit, whose size its version says, and for a pool that no script declared.</param>
/// <param name="Used">How many slots running attempts hold, on all nodes.</param>
/// <param name="UsedElsewhere">How many of them are held by attempts on other nodes.</param>
public sealed record LimitUse(LimitKey Key, int? Size, int Used, int UsedElsewhere);

/// <summary>What a running task instance holds.</summary>
/// <param name="TaskIndex">The task.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
/// <param name="Pool">The pool; null when only its task's own limit counts it.</param>
/// <param name="Slots">How many of the pool's slots.</param>
/// <param name="Task">The <see cref="LimitKey.Name"/> of its task's own limit; null without one.</param>
public sealed record HeldSlots(int TaskIndex, int MapIndex, string? Pool, int Slots, string? Task);

/// <summary>A task instance that gave back what it held.</summary>
public readonly record struct FreedSlots(int TaskIndex, int MapIndex);

/// <summary>Who holds slots of a limit.</summary>
public sealed record Holder(long RunId, string DagId, string TaskId, int MapIndex, int Slots);

/// <summary>A pool as it is stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declared">How many slots the scripts give it.</param>
/// <param name="Set">How many slots a person gave it, which counts until it is reset; null when none did.</param>
public sealed record StoredPool(string Name, int Declared, int? Set)
{
    /// <summary>How many slots it has.</summary>
    public int Slots => Set ?? Declared;
}

/// <summary>The same task in the scheduled or backfilled run before.</summary>
/// <param name="RunId">That run.</param>
/// <param name="LogicalDate">Its logical date.</param>
/// <param name="RunState">Where it stands.</param>
/// <param name="State">Where its task stands; null when that was never stored.</param>
public sealed record PastTask(long RunId, DateTimeOffset LogicalDate, RunState RunState, TaskState? State);

/// <summary>Scheduled runs of a DAG that are due, and those that are in their way.</summary>
/// <param name="Due">Queued scheduled runs that may start by now.</param>
/// <param name="Running">Running scheduled runs, the oldest first.</param>
/// <param name="Ending">How many running runs of any kind but backfills are being ended already.</param>
public sealed record OverlappingRuns(int Due, IReadOnlyList<long> Running, int Ending);
