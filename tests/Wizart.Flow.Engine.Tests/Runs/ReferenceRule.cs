using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>The trigger rules once more, as Airflow's documentation words them, over the states themselves.</summary>
internal static class ReferenceRule
{
    public static bool Holds(TriggerRule rule, IReadOnlyCollection<TaskState> up)
    {
        if (up.Count == 0) return true;
        return rule switch
        {
            TriggerRule.AllSuccess => up.All(s => s == TaskState.Success),
            TriggerRule.AllFailed => up.All(IsFailure),
            TriggerRule.AllDone => up.All(s => s.IsFinal()),
            TriggerRule.AllDoneMinOneSuccess => up.All(s => s.IsFinal()) && up.Contains(TaskState.Success),
            TriggerRule.AllSkipped => up.All(s => s == TaskState.Skipped),
            TriggerRule.OneFailed => up.Any(IsFailure),
            TriggerRule.OneSuccess => up.Contains(TaskState.Success),
            TriggerRule.OneDone => up.Any(s => s is TaskState.Success or TaskState.Failed or TaskState.Cancelled),
            TriggerRule.NoneFailed => up.All(s => s is TaskState.Success or TaskState.Skipped),
            TriggerRule.NoneFailedMinOneSuccess =>
                up.All(s => s is TaskState.Success or TaskState.Skipped) && up.Contains(TaskState.Success),
            TriggerRule.NoneSkipped => up.All(s => s.IsFinal() && s != TaskState.Skipped),
            TriggerRule.Always => true,
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }

    /// <summary>Whether a rule that a failure above keeps from ever holding makes its task upstream-failed rather than skipped.</summary>
    public static bool FailsByFailure(TriggerRule rule) => rule is TriggerRule.AllSuccess or TriggerRule.AllDoneMinOneSuccess
        or TriggerRule.OneSuccess or TriggerRule.NoneFailed or TriggerRule.NoneFailedMinOneSuccess;

    private static bool IsFailure(TaskState state) => state is TaskState.Failed or TaskState.UpstreamFailed or TaskState.Cancelled;
}
