using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class TaskDraft
{
    internal Pool? Pool { get; set; }

    internal int PoolSlots { get; set; } = 1;

    internal string? Queue { get; set; }

    internal int? Priority { get; set; }

    internal Weight WeightRule { get; set; }

    internal int? MaxActive { get; set; }

    internal bool DependsOnPast { get; set; }

    private TaskModel WithLimits(TaskModel model) => model with
    {
        Pool = Pool?.Name,
        PoolSlots = PoolSlots,
        Queue = Queue,
        Priority = Priority ?? Dag.DefaultPriority,
        WeightRule = Priority is null ? Dag.DefaultWeightRule : WeightRule,
        MaxActive = MaxActive,
        DependsOnPast = DependsOnPast || Dag.IsDependingOnPast,
    };
}
