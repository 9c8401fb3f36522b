namespace Wizart.Flow;

/// <summary>What happens to a scheduled run that is due while as many runs of its DAG are running as may.</summary>
public enum Overlap
{
    /// <summary>It waits for its turn. The default.</summary>
    Queue,

    /// <summary>It does not take place: it is stored, cancelled, with the reason.</summary>
    Skip,

    /// <summary>The oldest running scheduled run is cancelled, and it starts as soon as that has ended. Runs started by hand are waited for.</summary>
    CancelRunning,
}
