using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>A DAG version's model with its edges the other way round, made once and shared by its runs.</summary>
public sealed class RunGraph
{
    private readonly int[][] _downstream;

    /// <summary>Indexes the edges of a model.</summary>
    public RunGraph(DagModel model)
    {
        Model = model;
        var lists = new List<int>?[model.Tasks.Count];
        foreach (var task in model.Tasks)
            foreach (var upstream in task.Upstream)
                (lists[upstream] ??= []).Add(task.Index);
        HasCallbacks = model.Callbacks.Count > 0 || model.Tasks.Any(task => task.Callbacks.Count > 0);
        _downstream = [.. lists.Select(l => l?.ToArray() ?? [])];
    }

    /// <summary>The model.</summary>
    public DagModel Model { get; }

    /// <summary>Whether anybody is to be told of anything.</summary>
    public bool HasCallbacks { get; }

    /// <summary>The tasks.</summary>
    public IReadOnlyList<TaskModel> Tasks => Model.Tasks;

    /// <summary>The indexes of the tasks that directly wait for this one.</summary>
    public ReadOnlySpan<int> DownstreamOf(int task) => _downstream[task];
}
