namespace Wizart.Flow.Engine.Runs;

public static partial class RunPlanner
{
    private static string? FailureReason(LiveRun run, RunState state)
    {
        if (state != RunState.Failed) return null;
        var failed = run.Instances.Where(i => i.State == TaskState.Failed).Select(i => run.Graph.Tasks[i.TaskIndex].Id).Take(4).ToArray();
        var names = string.Join(", ", failed.Take(3).Select(id => $"'{id}'"));
        return failed.Length > 3 ? $"tasks {names} and others failed" : $"task{(failed.Length > 1 ? "s" : "")} {names} failed";
    }
}
