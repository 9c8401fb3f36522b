using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Cli;

/// <summary>A DAG as trees: each task stands once, under the upstream task that is farthest from a root.</summary>
internal sealed class TaskForest
{
    private readonly ILookup<int, TaskModel> _children;
    private readonly int[] _parents;

    /// <summary>The trees of a DAG.</summary>
    public TaskForest(DagModel model)
    {
        var depths = Depths(model);
        _parents = [.. model.Tasks.Select(t => t.Upstream.Count == 0 ? -1 : t.Upstream.MaxBy(u => (depths[u], u)))];
        _children = model.Tasks.ToLookup(t => _parents[t.Index]);
    }

    /// <summary>The tasks that wait for nothing.</summary>
    public IEnumerable<TaskModel> Roots => _children[-1];

    /// <summary>The tasks that stand under a task.</summary>
    public IEnumerable<TaskModel> Under(TaskModel task) => _children[task.Index];

    /// <summary>The tasks that a task waits for beside the one it stands under.</summary>
    public IEnumerable<int> Others(TaskModel task) => task.Upstream.Where(u => u != _parents[task.Index]);

    private static int[] Depths(DagModel model)
    {
        var depths = new int[model.Tasks.Count];
        var waiting = model.Tasks.Select(t => t.Upstream.Count).ToArray();
        var downstream = model.Tasks.SelectMany(t => t.Upstream.Select(u => (Up: u, Down: t.Index))).ToLookup(e => e.Up, e => e.Down);
        var ready = new Queue<int>(model.Tasks.Where(t => t.Upstream.Count == 0).Select(t => t.Index));
        while (ready.TryDequeue(out var index))
        {
            foreach (var down in downstream[index])
            {
                depths[down] = Math.Max(depths[down], depths[index] + 1);
                if (--waiting[down] == 0) ready.Enqueue(down);
            }
        }

        return depths;
    }
}
