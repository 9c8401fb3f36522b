using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Limits;

/// <summary>
/// Whether a task that depends on its past may begin: as Airflow's <c>PrevDagrunDep</c>, the first run has no past, success and
/// skipped are both good, and a task that the run before did not have holds nobody up.
/// </summary>
public static class PastRule
{
    /// <summary>Whether it may.</summary>
    public static bool Holds(PastTask? past) => past switch
    {
        null => true,
        { State: null } => past.RunState.IsFinal(),
        { State: TaskState.Success or TaskState.Skipped or TaskState.Removed } => true,
        _ => false,
    };
}
