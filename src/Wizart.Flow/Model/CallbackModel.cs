namespace Wizart.Flow.Model;

/// <summary>What a callback is called upon.</summary>
public enum CallbackEvent
{
    /// <summary>A task, or a run, ended in success.</summary>
    Success,

    /// <summary>A task, or a run, ended without success: it failed, or was stopped by a cancel or a run timeout.</summary>
    Failure,

    /// <summary>An attempt of a task failed, and another follows.</summary>
    Retry,

    /// <summary>A task was skipped.</summary>
    Skipped,

    /// <summary>A run was not over in time.</summary>
    Deadline,
}

/// <summary>How a notifier tells.</summary>
public enum NotifierKind
{
    /// <summary>A line in the daemon's own log.</summary>
    Log,

    /// <summary>A POST of JSON to an address.</summary>
    Webhook,

    /// <summary>A client of a stored connection that is an <see cref="INotificationChannel"/>.</summary>
    Channel,
}

/// <summary>Who is told, as data.</summary>
/// <param name="Kind">How.</param>
/// <param name="Connection">The stored connection; null for the log, and for a webhook with an address of its own.</param>
/// <param name="Url">A webhook's address, or its path under the connection's address.</param>
/// <param name="Client">The channel's client type, by its full name; null for the other kinds.</param>
public sealed record NotifierModel(NotifierKind Kind, string? Connection = null, string? Url = null, string? Client = null);

/// <summary>One callback of a DAG or a task.</summary>
/// <param name="On">When.</param>
/// <param name="Notifier">Who is told.</param>
public sealed record CallbackModel(CallbackEvent On, NotifierModel Notifier);
