namespace Wizart.Flow.Engine.Runs;

public static partial class RunPlanner
{
    /// <summary>The past of a task that depends on it is good: it goes on. Null when it no longer waits.</summary>
    public static RunPlan? PastHolds(LiveRun run, int taskIndex, DateTimeOffset now)
    {
        if (run.Run.State != RunState.Running || run.HasPast(taskIndex) || run[taskIndex].State != TaskState.None) return null;
        run.NotePast(taskIndex);
        var plan = new RunPlan();
        Decide(run, taskIndex, plan, now);
        Settle(run, plan, now);
        return plan;
    }

    /// <summary>Whether a task must not begin before its past was looked at; asks for that.</summary>
    private static bool AwaitsPast(LiveRun run, int taskIndex, RunPlan plan)
    {
        if (!run.Graph.Tasks[taskIndex].DependsOnPast || run.HasPast(taskIndex)) return false;
        plan.AwaitsPast.Add(taskIndex);
        return true;
    }
}
