using System.Globalization;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>A task of a run as a picture shows it.</summary>
/// <param name="Index">Its place in the DAG.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempt">Which attempt; zero before the first.</param>
/// <param name="StartedAt">When its newest attempt began.</param>
/// <param name="EndedAt">When it became final.</param>
/// <param name="Note">What there is to say about it.</param>
internal sealed record TaskLine(int Index, TaskState State, int Attempt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Note)
{
    /// <summary>All tasks of a DAG, those that nothing happened to included.</summary>
    public static TaskLine[] Of(DagModel model, IReadOnlyList<TaskInstanceView> views)
    {
        TaskLine[] lines = [.. model.Tasks.Select(t => new TaskLine(t.Index, TaskState.None, 0, null, null, null))];
        foreach (var view in views)
        {
            var instance = view.Instance;
            lines[instance.TaskIndex] = new TaskLine(
                instance.TaskIndex, instance.State, instance.Attempt, instance.StartedAt, instance.EndedAt,
                NoteOf(instance.State, view.Error?.Message, view.Progress, view.ProgressText, instance.Reason));
        }

        return lines;
    }

    /// <summary>All tasks of a run, as the API tells them.</summary>
    public static TaskLine[] Of(IReadOnlyList<TaskResource> tasks) =>
    [
        .. tasks.Select(t => new TaskLine(
            t.Index, t.State, t.Attempts, t.StartedAt, t.EndedAt, NoteOf(t.State, t.Error?.Message, t.Progress, t.ProgressText, t.Reason))),
    ];

    private static string? NoteOf(TaskState state, string? error, double? progress, string? text, string? reason) => state switch
    {
        TaskState.Running => progress is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}% {text}") : null,
        TaskState.Success => null,
        TaskState.Failed or TaskState.UpForRetry => error ?? reason,
        _ => reason,
    };
}
