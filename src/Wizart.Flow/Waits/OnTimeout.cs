namespace Wizart.Flow;

/// <summary>What becomes of a task that has waited as long as it may.</summary>
public enum OnTimeout
{
    /// <summary>It fails, and is not tried again, as an Airflow sensor that timed out.</summary>
    Fail,

    /// <summary>It is skipped, as with Airflow's <c>soft_fail</c>.</summary>
    Skip,
}
