namespace Wizart.Flow.Engine.Runs;

public static partial class RunPlanner
{
    private const int LimitedAtOnce = 64;

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

    /// <summary>Lets instances back into the lines of their limits: more than there is room for, as not each finds room there too.</summary>
    private static void LetInLimited(LiveRun run, RunPlan plan)
    {
        for (var i = 0; i < LimitedAtOnce && run.HasRoom && run.NextHeldLimited() is { } instance; i++) plan.Queued.Add(instance);
    }
}
