namespace Wizart.Flow.Engine.Runs;

/// <summary>What follows from instances that became final.</summary>
public static partial class RunPlanner
{
    private static void FailFast(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        if (run.Graph.Model.FailFast && run.HasFailure && run.Run.EndingAs is null && HasFailedForGood(run))
            CancelOthers(run, RunState.Failed, $"{FailureReason(run, RunState.Failed)}, and the DAG fails fast", plan, now);
    }

    /// <summary>
    /// Decides what waits for what is done, one after the other in the order of the tasks: what is done by then counts for
    /// each, so that nothing depends on the order in which it became so.
    /// </summary>
    private static void DecideFinished(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        while (true)
        {
            while (plan.Finished.TryPop(out var done)) Pass(run, done, plan, now);
            if (plan.Told.Count == 0) return;
            var (task, element) = plan.Told.Min;
            plan.Told.Remove((task, element));
            if (element >= 0) DecideElement(run, run.MappedOf(task)!, element, plan, now);
            else if (run.MappedOf(task) is { IsSpread: true } mapped) DecideElements(run, mapped, plan, now);
            else Decide(run, task, plan, now);
        }
    }

    /// <summary>Tells a task that an instance it waits for is done; it is decided later.</summary>
    private static void Tell(LiveRun run, int taskIndex, TaskInstance done, RunPlan plan)
    {
        if (run.Graph.IsElementwise(taskIndex, done.TaskIndex))
        {
            if (done.MapIndex >= 0)
            {
                plan.Told.Add((taskIndex, done.MapIndex));
                return;
            }

            run.TallyOf(taskIndex).Total++; // never spread: it counts as one
        }

        run.TallyOf(taskIndex).Count(done.State);
        plan.Told.Add((taskIndex, -1));
    }
}
