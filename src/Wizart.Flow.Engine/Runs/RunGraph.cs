using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>A DAG version's model with its edges the other way round, made once and shared by its runs.</summary>
public sealed class RunGraph
{
    private const int None = -1;
    private readonly int[][] _downstream;
    private readonly int[] _elementSource;
    private readonly int[] _listSource;

    /// <summary>Indexes the edges of a model.</summary>
    public RunGraph(DagModel model)
    {
        Model = model;
        var lists = new List<int>?[model.Tasks.Count];
        foreach (var task in model.Tasks)
            foreach (var upstream in task.Upstream)
                (lists[upstream] ??= []).Add(task.Index);
        HasCallbacks = model.Callbacks.Count > 0 || model.Tasks.Any(task => task.Callbacks.Count > 0);
        HasAssets = model.Tasks.Any(task => task.Into.Count > 0);
        _downstream = [.. lists.Select(l => l?.ToArray() ?? [])];
        _elementSource = [.. model.Tasks.Select(task => SourceOf(task, InputKind.MappedOutput))];
        _listSource = [.. model.Tasks.Select(task => SourceOf(task, InputKind.Output))];
    }

    /// <summary>The model.</summary>
    public DagModel Model { get; }

    /// <summary>Whether anybody is to be told of anything.</summary>
    public bool HasCallbacks { get; }

    /// <summary>Whether any of its tasks updates an asset.</summary>
    public bool HasAssets { get; }

    /// <summary>The tasks.</summary>
    public IReadOnlyList<TaskModel> Tasks => Model.Tasks;

    /// <summary>The indexes of the tasks that directly wait for this one.</summary>
    public ReadOnlySpan<int> DownstreamOf(int task) => _downstream[task];

    /// <summary>Whether a mapped task goes element by element over another one.</summary>
    public bool IsElementwise(int task) => _elementSource[task] != None;

    /// <summary>Whether <paramref name="task"/> goes element by element over <paramref name="source"/>.</summary>
    public bool IsElementwise(int task, int source) => _elementSource[task] == source;

    /// <summary>The task whose elements this one goes over one by one; -1 when there is none.</summary>
    public int ElementSourceOf(int task) => _elementSource[task];

    /// <summary>The task whose output is the list that this one is mapped over; -1 when there is none.</summary>
    public int ListSourceOf(int task) => _listSource[task];

    private int SourceOf(TaskModel task, InputKind kind)
    {
        if (task.ForEach is not { } list || list.Kind != kind) return None;
        foreach (var upstream in task.Upstream)
            if (Tasks[upstream].Id == list.Name) return upstream;
        return None;
    }
}
