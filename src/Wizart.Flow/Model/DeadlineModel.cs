namespace Wizart.Flow.Model;

/// <summary>From when a run's time is counted.</summary>
public enum DeadlineReference
{
    /// <summary>From when the run was queued.</summary>
    Queued,

    /// <summary>From the start of its interval.</summary>
    LogicalDate,

    /// <summary>From when the run was queued, and the mean duration of its DAG's last ten successful runs on top; none while there are fewer than three.</summary>
    AverageOfLastRuns,
}

/// <summary>Who is told when a run is not over in time.</summary>
/// <param name="After">How much time it has.</param>
/// <param name="From">From when.</param>
/// <param name="Notifier">Who is told.</param>
public sealed record DeadlineModel(TimeSpan After, DeadlineReference From, NotifierModel Notifier);
