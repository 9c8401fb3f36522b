using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Grid;

/// <summary>A DAG's tasks as a tree: each group where its first task stands, with all that is in it.</summary>
internal static class GridRows
{
    public static IReadOnlyList<GridRow> Of(DagModel model)
    {
        var rows = new List<GridRow>(model.Tasks.Count + model.Groups.Count);
        var done = new bool[model.Groups.Count];
        foreach (var task in model.Tasks)
            if (task.Group is not { } group) rows.Add(Row(model, task, 0));
            else Open(Top(model, group), 0);
        return rows;

        void Open(int group, int depth)
        {
            if (done[group]) return;
            done[group] = true;
            var declared = model.Groups[group];
            rows.Add(new GridRow(declared.Id, Short(declared.Id), depth, Parent(model, declared.Parent), IsGroup: true, declared.ForEach is not null));
            // In the order of declaration, an inner group where its first task stands.
            foreach (var task in model.Tasks)
                if (task.Group == group) rows.Add(Row(model, task, depth + 1));
                else if (task.Group is { } inner && ChildOf(model, inner, group) is { } child) Open(child, depth + 1);
        }
    }

    /// <summary>The state of a group: that of its task which matters most.</summary>
    public static TaskState? Worst(TaskState? one, TaskState? other)
    {
        if (one is not { } a) return other;
        if (other is not { } b) return one;
        return Rank(a) <= Rank(b) ? a : b;
    }

    private static int Rank(TaskState state) => state switch
    {
        TaskState.Failed => 0,
        TaskState.UpstreamFailed => 1,
        TaskState.UpForRetry => 2,
        TaskState.Running => 3,
        TaskState.Deferred => 4,
        TaskState.Queued => 5,
        TaskState.Scheduled => 6,
        TaskState.None => 7,
        TaskState.Cancelled => 8,
        TaskState.Success => 9,
        TaskState.Skipped => 10,
        _ => 11,
    };

    private static GridRow Row(DagModel model, TaskModel task, int depth) => new(
        task.Id, task.Group is null ? task.Id : Short(task.Id), depth, Parent(model, task.Group), IsGroup: false,
        task.ForEach is not null || InMapped(model, task.Group));

    private static string Short(string id) => id[(id.LastIndexOf('.') + 1)..];

    private static string? Parent(DagModel model, int? group) => group is { } at ? model.Groups[at].Id : null;

    private static bool InMapped(DagModel model, int? group)
    {
        for (var at = group; at is { } now; at = model.Groups[now].Parent)
            if (model.Groups[now].ForEach is not null) return true;
        return false;
    }

    private static int Top(DagModel model, int group)
    {
        while (model.Groups[group].Parent is { } parent) group = parent;
        return group;
    }

    private static int? ChildOf(DagModel model, int group, int ancestor)
    {
        for (int? at = group; at is { } now; at = model.Groups[now].Parent)
            if (model.Groups[now].Parent == ancestor) return now;
        return null;
    }
}
