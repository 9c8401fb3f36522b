namespace Wizart.Flow.Engine.Runs;

/// <summary>The states of a DAG run. Names are Airflow's, and <c>cancelled</c>.</summary>
public enum RunState
{
    /// <summary>Entered when the run is created; left when the DAG is not paused and fewer than its <c>MaxActiveRuns</c> run.</summary>
    Queued,

    /// <summary>Its tasks are planned and run. Left when every task instance is final.</summary>
    Running,

    /// <summary>Final: no task instance failed, those with <c>AllowFailure</c> left aside.</summary>
    Success,

    /// <summary>Final: a task instance failed, or the run timed out.</summary>
    Failed,

    /// <summary>Final: a person or an API call cancelled it.</summary>
    Cancelled,
}

/// <summary>Facts about run states.</summary>
public static class RunStates
{
    /// <summary>Whether the run is done for good.</summary>
    public static bool IsFinal(this RunState state) => state >= RunState.Success;
}
