using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A place for tasks that belong together: <c>checks.Task("a")</c> is the task <c>checks.a</c>. Groups nest.</summary>
public sealed class TaskGroup
{
    private readonly Dag _dag;
    private readonly List<GroupDefaults> _defaults = [];

    internal TaskGroup(Dag dag, TaskGroup? parent, string id, int index, SourceLocation location) =>
        (_dag, Parent, Id, Index, Location) = (dag, parent, id, index, location);

    /// <summary>Its id, with those of the groups around it.</summary>
    public string Id { get; }

    internal TaskGroup? Parent { get; }

    internal int Index { get; }

    internal SourceLocation Location { get; }

    internal Dag Dag => _dag;

    internal string? Description { get; private set; }

    internal int Retries { get; private set; }

    internal ElementList? List { get; private set; }

    /// <summary>The innermost group around a task, this one included, that is mapped; null when none is.</summary>
    internal TaskGroup? Mapped => List is not null ? this : Parent?.Mapped;

    internal List<ITask> Upstream { get; } = [];

    internal List<TaskGroup> UpstreamGroups { get; } = [];

    /// <summary>Begins a task of the group. An ending word such as <c>Run</c> completes it.</summary>
    /// <param name="id">Unique in the group: letters, digits, <c>_ -</c></param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public TaskBuilder Task(string id, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        _dag.AddTask(this, id, new SourceLocation(file, line));

    /// <summary>A group inside of this one.</summary>
    /// <param name="id">Unique in the group.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public TaskGroup Group(string id, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        _dag.AddGroup(this, id, new SourceLocation(file, line));

    /// <summary>Markdown for people.</summary>
    public TaskGroup Describe(string markdown)
    {
        Description = markdown;
        return this;
    }

    /// <summary>
    /// Tries the group again as one: when a task of it has failed for good and nothing of it runs any more, all of it begins
    /// anew. What comes after the group waits until then. A mapped group does so element by element.
    /// </summary>
    /// <param name="count">How often.</param>
    public TaskGroup Retry(int count)
    {
        Retries = count;
        return this;
    }

    /// <summary>What its tasks are, and those of the groups in it, unless they say otherwise.</summary>
    public TaskGroup Defaults(Action<GroupDefaults> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var defaults = new GroupDefaults();
        set(defaults);
        _defaults.Add(defaults);
        return this;
    }

    /// <summary>The whole group waits for these tasks: those of its tasks that wait for no other of it.</summary>
    public TaskGroup After(params ITask[] tasks)
    {
        Upstream.AddRange(tasks);
        return this;
    }

    /// <summary>The whole group waits for these groups.</summary>
    public TaskGroup After(params TaskGroup[] groups)
    {
        UpstreamGroups.AddRange(groups);
        return this;
    }

    /// <summary>All tasks of the group once for each element of a list that is known when the run comes to it.</summary>
    public MappedGroup<T> ForEach<T>(IInput<IEnumerable<T>> list) => MapOver(ElementSource<T>.Of(list));

    /// <summary>All tasks of the group once for each element of a list that the script itself holds.</summary>
    public MappedGroup<T> ForEach<T>(IEnumerable<T> constants) => MapOver(ElementSource<T>.Of(constants));

    internal T? Default<T>(Func<GroupDefaults, T?> setting)
    {
        for (var i = _defaults.Count - 1; i >= 0; i--)
            if (setting(_defaults[i]) is { } value) return value;
        return Parent is null ? default : Parent.Default(setting);
    }

    /// <summary>Whether it is this group or one around it.</summary>
    internal bool IsIn(TaskGroup other) => this == other || Parent?.IsIn(other) == true;

    internal GroupModel ToModel() => new()
    {
        Id = Id,
        Parent = Parent?.Index,
        Description = Description,
        ForEach = List?.Model,
        Retry = Retries,
        Location = Location,
    };

    private MappedGroup<T> MapOver<T>(ElementSource<T> source)
    {
        if (Mapped is { } outer)
        {
            _dag.Scope.Report(
                FlowCodes.BadGroup,
                outer == this
                    ? $"Group '{Id}' has two ForEach; a group is mapped over one list."
                    : $"Group '{Id}' is mapped inside of group '{outer.Id}', which is mapped already. Map one of them, over the pairs of both lists if need be.",
                Location);
        }

        List = source.ToList();
        return new MappedGroup<T>(this, source);
    }
}

/// <summary>What the tasks of a group are unless they say otherwise.</summary>
public sealed class GroupDefaults
{
    internal RetryModel? RetryModel { get; private set; }

    internal TimeSpan? Limit { get; private set; }

    internal TriggerRule? Rule { get; private set; }

    /// <summary>Tries a failed attempt of each task again.</summary>
    public GroupDefaults Retry(int count, Backoff? backoff = null)
    {
        RetryModel = new RetryModel(count, backoff ?? Backoff.None);
        return this;
    }

    /// <summary>Ends an attempt that lasts longer.</summary>
    public GroupDefaults Timeout(TimeSpan limit)
    {
        Limit = limit;
        return this;
    }

    /// <summary>What must have become of the upstream tasks.</summary>
    public GroupDefaults When(TriggerRule rule)
    {
        Rule = rule;
        return this;
    }
}
