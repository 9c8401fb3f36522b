using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>A task that waits for a person's answer.</summary>
/// <param name="RunId">The run.</param>
/// <param name="DagId">The DAG.</param>
/// <param name="Task">The task that asks.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
/// <param name="Title">The question.</param>
/// <param name="Text">Markdown below it.</param>
/// <param name="Fields">Values that may be set.</param>
/// <param name="Since">Since when it asks.</param>
/// <param name="Until">When it is given up.</param>
public sealed record ApprovalResource(
    long RunId, string DagId, string Task, int MapIndex, string Title, string? Text, IReadOnlyList<ApprovalFieldResource> Fields,
    DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>The instance as the API tells it.</summary>
    public static ApprovalResource Of(WaitingInstance waiting, TaskModel task)
    {
        var wait = waiting.Instance.Wait!;
        return new ApprovalResource(
            waiting.Run.Id, waiting.Run.DagId, task.Id, waiting.Instance.MapIndex, wait.Form?.Title ?? task.Id, wait.Form?.Text,
            [.. (wait.Form?.Fields ?? []).Select(ApprovalFieldResource.Of)], wait.Since, wait.Until);
    }
}

/// <summary>A value of a form.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type that the body receives.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Default">What it is when left alone.</param>
/// <param name="Description">Words for the form.</param>
public sealed record ApprovalFieldResource(string Name, string Type, bool Required, JsonPayload? Default, string? Description)
{
    /// <summary>The field as the API tells it.</summary>
    public static ApprovalFieldResource Of(ParamModel field) => new(
        field.Name, field.Type.ToString(), field.Required,
        field.Default is { } value ? JsonPayload.Parse(value.GetRawText()) : null, field.Description);
}

/// <summary>An answer.</summary>
/// <param name="Approved">Yes or no.</param>
/// <param name="Comment">What is said to it.</param>
/// <param name="Values">Values of the form by name.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
public sealed record DecideRequest(bool Approved, string? Comment, IReadOnlyDictionary<string, JsonPayload>? Values, int MapIndex = -1);
