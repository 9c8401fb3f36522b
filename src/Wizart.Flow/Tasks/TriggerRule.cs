namespace Wizart.Flow;

/// <summary>
/// What must have become of the upstream tasks before a task starts. Names and meanings are Airflow's
/// (airflow.task.trigger_rule.TriggerRule).
/// </summary>
public enum TriggerRule
{
    /// <summary>All upstream tasks succeeded. The default.</summary>
    AllSuccess,

    /// <summary>All upstream tasks failed or could not run because of a failure.</summary>
    AllFailed,

    /// <summary>All upstream tasks are done, whatever became of them.</summary>
    AllDone,

    /// <summary>All upstream tasks are done and at least one succeeded.</summary>
    AllDoneMinOneSuccess,

    /// <summary>All upstream tasks were skipped.</summary>
    AllSkipped,

    /// <summary>At least one upstream task failed; the others are not waited for.</summary>
    OneFailed,

    /// <summary>At least one upstream task succeeded; the others are not waited for.</summary>
    OneSuccess,

    /// <summary>At least one upstream task succeeded or failed; the others are not waited for.</summary>
    OneDone,

    /// <summary>All upstream tasks succeeded or were skipped.</summary>
    NoneFailed,

    /// <summary>No upstream task failed and at least one succeeded.</summary>
    NoneFailedMinOneSuccess,

    /// <summary>All upstream tasks succeeded or failed; none was skipped.</summary>
    NoneSkipped,

    /// <summary>Nothing is waited for.</summary>
    Always,
}
