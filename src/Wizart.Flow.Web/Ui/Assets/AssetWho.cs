using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Assets;

/// <summary>Tasks as assets name them: <c>dag/task</c>.</summary>
internal static class AssetWho
{
    /// <summary>The DAG of a task.</summary>
    public static string DagOf(string task) => task.IndexOf('/', StringComparison.Ordinal) is var at and > 0 ? task[..at] : task;

    /// <summary>The task instance that made an update; null when a person or a program told of it.</summary>
    public static string? PathOf(AssetEvent update) =>
        update.RunId is not { } run ? null : update.TaskId is { } task ? Links.Task(run, task) : Links.Run(run);
}
