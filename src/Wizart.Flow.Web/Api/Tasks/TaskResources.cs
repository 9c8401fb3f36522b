using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>One task of a run.</summary>
/// <param name="Id">The task.</param>
/// <param name="Index">Its place in the DAG.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
/// <param name="Upstream">The tasks it directly waits for.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Attempts">How many attempts there were, the running one included.</param>
/// <param name="MaxAttempts">How many there may be.</param>
/// <param name="QueuedAt">When it last began to wait for a process.</param>
/// <param name="StartedAt">When its newest attempt began.</param>
/// <param name="EndedAt">When it became final.</param>
/// <param name="RetryAt">When the next attempt is due.</param>
/// <param name="Node">Where it runs or last ran.</param>
/// <param name="Progress">How far it is, from 0 to 1.</param>
/// <param name="ProgressText">What is being done.</param>
/// <param name="Error">Why its newest attempt failed.</param>
/// <param name="Output">The beginning of its output's JSON; null when it has none.</param>
/// <param name="Elements">Of a mapped task's own entry (index -1): how many elements its list has.</param>
/// <param name="Label">What an element's entry is called.</param>
/// <param name="ElementStates">Of a mapped task's own entry: how many elements are in each state; those of which nothing has become yet are in none.</param>
public sealed record TaskResource(
    string Id, int Index, int MapIndex, IReadOnlyList<string> Upstream, TaskState State, string? Reason, int Attempts, int MaxAttempts,
    DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? RetryAt, string? Node,
    double? Progress, string? ProgressText, ErrorResource? Error, string? Output,
    int? Elements = null, string? Label = null, IReadOnlyDictionary<string, int>? ElementStates = null);

/// <summary>Why something of a run has not begun.</summary>
/// <param name="Task">The task; null for the run as a whole.</param>
/// <param name="MapIndex">The element of a mapped task; -1 otherwise.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">What it waits for.</param>
public sealed record WhyResource(string? Task, int MapIndex, TaskState State, string Reason);

/// <summary>Why an attempt failed.</summary>
/// <param name="Type">The exception's type, or a word such as <c>Timeout</c>.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="File">The script that failed.</param>
/// <param name="Line">The line that failed.</param>
/// <param name="SourceLine">Its text.</param>
/// <param name="Stack">The stack.</param>
public sealed record ErrorResource(string Type, string Message, string? File, int? Line, string? SourceLine, string? Stack)
{
    /// <summary>The error as the API tells it.</summary>
    public static ErrorResource? Of(TaskError? error) => error is null
        ? null
        : new ErrorResource(error.Type, error.Message, error.Location?.File, error.Location?.Line, error.SourceLine, error.Stack);
}

/// <summary>One attempt that is over.</summary>
public sealed record AttemptResource(
    int Attempt, AttemptResult Result, string? Reason, DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset EndedAt,
    string? Node, ErrorResource? Error)
{
    /// <summary>The number of the DAG's version it ran on.</summary>
    public int Version { get; init; }

    /// <summary>The attempt as the API tells it.</summary>
    public static AttemptResource Of(TaskAttempt attempt) => new(
        attempt.Number, attempt.Result, attempt.Reason, attempt.QueuedAt, attempt.StartedAt, attempt.EndedAt, attempt.Node,
        ErrorResource.Of(attempt.Error));
}
