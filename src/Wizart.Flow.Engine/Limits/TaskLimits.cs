using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Limits;

/// <summary>The limits of one task that reach beyond its run; at least one of the two.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="Slots">How many slots of the pool an attempt holds.</param>
/// <param name="Task">Its own limit.</param>
/// <param name="MaxActive">How many attempts its own limit lets run.</param>
/// <param name="PoolSize">How many slots the script gives the pool.</param>
public sealed record TaskLimits(LimitKey? Pool, int Slots, LimitKey? Task, int MaxActive, int PoolSize)
{
    /// <summary>The limit that it waits at first.</summary>
    public LimitKey First => Pool ?? Task!.Value;

    /// <summary>The other one of the two; null when there is one only.</summary>
    public LimitKey? Other(LimitKey one) => one == Pool ? Task : Pool;

    /// <summary>How much of a limit an attempt holds.</summary>
    public int NeedOf(LimitKey limit) => limit == Pool ? Slots : 1;

    /// <summary>The limits of all tasks, by index, null for those without; null when none has any.</summary>
    internal static TaskLimits?[]? Of(DagModel model) => model.Tasks.Any(IsLimited) ? [.. model.Tasks.Select(task => Of(model, task))] : null;

    private static bool IsLimited(TaskModel task) => task.Pool is not null || task.MaxActive is not null;

    private static TaskLimits? Of(DagModel model, TaskModel task) => !IsLimited(task) ? null : new TaskLimits(
        task.Pool is { } pool ? LimitKey.OfPool(pool) : null,
        Math.Max(1, task.PoolSlots),
        task.MaxActive is null ? null : LimitKey.OfTask(model.Id, task.Id),
        task.MaxActive ?? 0,
        model.Pools.FirstOrDefault(pool => pool.Name == task.Pool)?.Slots ?? 0);
}
