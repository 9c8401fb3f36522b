using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>A DAG version's model with its edges the other way round, made once and shared by its runs.</summary>
public sealed class RunGraph
{
    private const int None = -1;
    private readonly int[][] _downstream;
    private readonly int[][] _elementSources;
    private readonly int[] _listSource;
    private readonly int[] _followed;
    private readonly int[] _mappedGroup;
    private readonly int[] _retriedGroup;
    private readonly int[] _weights;
    private readonly TaskLimits?[]? _limits;

    /// <summary>Indexes the edges of a model.</summary>
    public RunGraph(DagModel model)
    {
        Model = model;
        var lists = new List<int>?[model.Tasks.Count];
        foreach (var task in model.Tasks)
            foreach (var upstream in task.Upstream)
                (lists[upstream] ??= []).Add(task.Index);
        HasCallbacks = model.Callbacks.Count > 0 || model.Tasks.Any(task => task.Callbacks.Count > 0);
        _weights = TaskWeights.Of(model);
        _limits = TaskLimits.Of(model);
        HasAssets = model.Tasks.Any(task => task.Into.Count > 0);
        _downstream = [.. lists.Select(l => l?.ToArray() ?? [])];
        _mappedGroup = [.. model.Groups.Select((_, index) => MappedOf(index))];
        _retriedGroup = [.. model.Groups.Select((_, index) => RetriedOf(index))];
        HasRetriedGroups = _retriedGroup.Any(group => group != None);
        HasTeardowns = model.Tasks.Any(task => task.TeardownOf is not null);
        _followed = [.. model.Tasks.Select(task => SourceOf(task, InputKind.MappedOutput))];
        _elementSources = [.. model.Tasks.Select(ElementSourcesOf)];
        _listSource = [.. model.Tasks.Select(task => SourceOf(task, InputKind.Output))];
    }

    /// <summary>The model.</summary>
    public DagModel Model { get; }

    /// <summary>Whether anybody is to be told of anything.</summary>
    public bool HasCallbacks { get; }

    /// <summary>Whether a task has limits that reach beyond its run.</summary>
    public bool HasLimits => _limits is not null;

    /// <summary>What a task weighs when slots are short; the heavier goes first.</summary>
    public int WeightOf(int task) => _weights[task];

    /// <summary>The limits of a task that reach beyond its run; null when it has none.</summary>
    public TaskLimits? LimitsOf(int task) => _limits?[task];

    /// <summary>Whether any of its tasks updates an asset.</summary>
    public bool HasAssets { get; }

    /// <summary>The tasks.</summary>
    public IReadOnlyList<TaskModel> Tasks => Model.Tasks;

    /// <summary>The indexes of the tasks that directly wait for this one.</summary>
    public ReadOnlySpan<int> DownstreamOf(int task) => _downstream[task];

    /// <summary>Whether a mapped task goes element by element over another one.</summary>
    public bool IsElementwise(int task) => _elementSources[task].Length > 0;

    /// <summary>Whether <paramref name="task"/> goes element by element over <paramref name="source"/>.</summary>
    public bool IsElementwise(int task, int source) => Array.IndexOf(_elementSources[task], source) >= 0;

    /// <summary>The tasks whose elements this one goes over one by one: the mapped task it follows, or those before it in a mapped group.</summary>
    public ReadOnlySpan<int> ElementSourcesOf(int task) => _elementSources[task];

    /// <summary>Whether any group is retried as one.</summary>
    public bool HasRetriedGroups { get; }

    /// <summary>Whether any task cleans up after another.</summary>
    public bool HasTeardowns { get; }

    /// <summary>The mapped group a task is in; -1 when it is in none.</summary>
    public int MappedGroupOf(int task) => Tasks[task].Group is { } group ? _mappedGroup[group] : None;

    /// <summary>Whether two tasks are run for each element of the same group.</summary>
    public bool IsInSameMappedGroup(int task, int other) => MappedGroupOf(task) is >= 0 and var group && MappedGroupOf(other) == group;

    /// <summary>The mapped task whose outputs are the elements that a task is mapped over; -1 when there is none.</summary>
    public int FollowedBy(int task) => _followed[task];

    /// <summary>The group that is retried as one and that a task is in; -1 when it is in none.</summary>
    public int RetriedGroupOf(int task) => Tasks[task].Group is { } group ? _retriedGroup[group] : None;

    /// <summary>The task whose output is the list that this one is mapped over; -1 when there is none.</summary>
    public int ListSourceOf(int task) => _listSource[task];

    private int MappedOf(int group) => Around(group, model => model.ForEach is not null);

    private int RetriedOf(int group) => Around(group, model => model.Retry > 0);

    private int Around(int group, Func<GroupModel, bool> holds)
    {
        for (int? next = group; next is { } at; next = Model.Groups[at].Parent)
            if (holds(Model.Groups[at])) return at;
        return None;
    }

    private int[] ElementSourcesOf(TaskModel task)
    {
        var followed = _followed[task.Index];
        var group = MappedGroupOf(task.Index);
        if (group == None) return followed == None ? [] : [followed];
        return [.. task.Upstream.Where(upstream => upstream == followed || MappedGroupOf(upstream) == group)];
    }

    private int SourceOf(TaskModel task, InputKind kind)
    {
        if (task.ForEach is not { } list || list.Kind != kind) return None;
        foreach (var upstream in task.Upstream)
            if (Tasks[upstream].Id == list.Name) return upstream;
        return None;
    }
}
