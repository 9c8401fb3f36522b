using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What must hold of the limits of a DAG and its tasks.</summary>
internal static class LimitRules
{
    public static void Check(Dag dag, DagModel model)
    {
        if (model is { Overlap: not Overlap.Queue, Catchup: true })
        {
            dag.Scope.Report(
                FlowCodes.OverlapUndoesCatchup,
                $"DAG '{dag.Id}' has Catchup() and Overlap(Overlap.{model.Overlap}): of the runs that it catches up with, those that do not fit within "
                + "MaxActiveRuns are cancelled. Leave Overlap out to have them all run.",
                dag.Location,
                DiagnosticSeverity.Warning);
        }

        foreach (var task in dag.Tasks) CheckTask(dag, task);
    }

    private static void CheckTask(Dag dag, TaskDraft task)
    {
        if (task.MaxActive is { } most) dag.Scope.CheckPositive(most, $"MaxActive of task '{task.Id}'", task.Location);
        if (task.Queue is { } queue) dag.Scope.CheckId("queue", queue, task.Location);
        if (task.Pool is not { } pool) return;
        if (task.PoolSlots < 1 || task.PoolSlots > Math.Max(1, pool.Slots))
        {
            dag.Scope.Report(
                FlowCodes.BadPool,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Task '{task.Id}' asks for {task.PoolSlots} slots of pool '{pool.Name}', which has {pool.Slots}. Ask for 1 to {Math.Max(1, pool.Slots)}."),
                task.Location);
        }
    }
}
