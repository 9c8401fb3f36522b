using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class Dag
{
    internal int DefaultPriority => _model.Priority;

    internal Weight DefaultWeightRule => _model.WeightRule;

    internal bool IsDependingOnPast => _model.DependsOnPast;

    private PoolModel[] PoolsOfTasks => [.. _tasks.Select(t => t.Pool).OfType<Pool>().Select(p => p.Model).DistinctBy(p => p.Name)];
}
