using System.Text.Json.Serialization;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Callbacks;

/// <summary>What a webhook is sent.</summary>
/// <param name="Id">The delivery's number: the same when it is sent again.</param>
/// <param name="Event"><c>success</c>, <c>failure</c>, <c>retry</c>, <c>skipped</c>.</param>
/// <param name="Title">All in one line.</param>
/// <param name="Dag">The DAG.</param>
/// <param name="Run">The run's number.</param>
/// <param name="LogicalDate">Start of the run's interval.</param>
/// <param name="Task">The task; null when it is about the run.</param>
/// <param name="MapIndex">The element of a mapped task; null otherwise.</param>
/// <param name="Attempt">The attempt that ended; null for a run.</param>
/// <param name="State">The state then.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">The error.</param>
/// <param name="Log">The last lines of the log.</param>
/// <param name="Link">Where more is to be seen.</param>
/// <param name="At">When it happened.</param>
internal sealed record WebhookBody(
    long Id, CallbackEvent Event, string Title, string Dag, long Run, DateTimeOffset? LogicalDate, string? Task, int? MapIndex, int? Attempt,
    string State, string? Reason, WebhookError? Error, IReadOnlyList<string> Log, string? Link, DateTimeOffset At)
{
    /// <summary>The notification as it is sent.</summary>
    public static WebhookBody Of(Notification told) => new(
        told.Id, told.Event, told.Title, told.Dag, told.Run, told.LogicalDate, told.Task, told.MapIndex, told.Attempt,
        told.State, told.Reason, WebhookError.Of(told.Error), told.Log, told.Link, told.At);
}

/// <summary>Why an attempt failed.</summary>
/// <param name="Type">The exception's type, or a word such as <c>Timeout</c>.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="File">The script.</param>
/// <param name="Line">The line.</param>
/// <param name="SourceLine">The text of the line.</param>
internal sealed record WebhookError(string Type, string Message, string? File, int? Line, string? SourceLine)
{
    /// <summary>The error as it is sent.</summary>
    public static WebhookError? Of(TaskError? error) => error is null
        ? null
        : new WebhookError(error.Type, error.Message, error.Location?.File, error.Location?.Line, error.SourceLine);
}

/// <summary>Camel case, words as the API writes them, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(SnakeCaseEnums)])]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext;
