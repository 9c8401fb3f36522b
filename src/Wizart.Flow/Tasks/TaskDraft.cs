using System.ComponentModel;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow;

/// <summary>A task while it is declared, and after: its settings as data and its body as code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class TaskDraft
{
    private readonly List<InputModel> _inputs = [];
    private readonly List<TaskDraft> _dataUpstream = [];
    private readonly List<TaskDraft> _after = [];

    internal TaskDraft(Dag dag, string id, int index, SourceLocation location)
    {
        Dag = dag;
        Id = id;
        Index = index;
        Location = location;
    }

    /// <summary>The task's id.</summary>
    public string Id { get; }

    /// <summary>The task's place in its DAG's list.</summary>
    public int Index { get; }

    /// <summary>Where it is declared.</summary>
    public SourceLocation Location { get; }

    /// <summary>The type of its output; null when it gives none.</summary>
    public Type? OutputType { get; private set; }

    /// <summary>What it runs; null until an ending word was said.</summary>
    public TaskBody? Body { get; private set; }

    /// <summary>Whether it should run at all; null when always.</summary>
    public Func<IInputReader, bool>? Condition { get; private set; }

    /// <summary>The condition's own text, which is the reason shown when the task is skipped.</summary>
    public string? ConditionText { get; private set; }

    /// <summary>Whether an exception may be tried again; null when any may.</summary>
    public Func<Exception, bool>? RetryFilter { get; private set; }

    /// <summary>Names an instance after its element; null when the number is its name.</summary>
    public Func<IInputReader, string>? Label
    {
        get => field ?? Group?.Mapped?.List!.Label;
        internal set;
    }

    internal TaskGroup? Group { get; init; }

    internal TaskDraft? TeardownOf { get; private set; }

    internal List<TaskGroup> AfterGroups { get; } = [];

    internal IEnumerable<TaskDraft> DirectUpstream => _dataUpstream.Concat(_after);

    internal Dag Dag { get; }

    internal InputModel? ForEach { get; private set; }

    internal int? ElementCount { get; private set; }

    internal int? AtMost { get; set; }

    /// <summary>What it does.</summary>
    public TaskKind Kind { get; private set; }

    internal string? Description { get; set; }

    internal TriggerRule? TriggerRule { get; set; }

    internal RetryModel? Retry { get; private set; }

    internal TimeSpan? Timeout { get; set; }

    internal bool AllowFailure { get; set; }

    internal List<CallbackModel> Callbacks { get; } = [];

    internal IReadOnlyList<IParam> Params => _params;

    private readonly List<IParam> _params = [];
    private readonly List<string> _into = [];

    internal void Take<T>(IInput<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _inputs.Add(input.Describe());
        if (input is ITaskInput task) _dataUpstream.Add(task.Draft);
        if (input is IParam param) _params.Add(param);
        if (input is Param<T> or Variable<T> && StorableTypes.WhyNot(typeof(T)) is { } why)
            Dag.Scope.Report(FlowCodes.NotStorable, $"A {(input is IParam ? "param" : "variable")} of task '{Id}' can't be stored: {why}", Location);
        if (input is NamedAsset named) Dag.Name(named);
        else if (input is IAssetInput { Asset: { } asset }) Dag.Name(asset);
        Dag.Scope.CheckInput(input, this);
    }

    internal void Map<T>(ElementSource<T> element)
    {
        if (ForEach is not null)
            Dag.Scope.Report(FlowCodes.BadSetting, $"Task '{Id}' has two ForEach; a task is mapped over one list.", Location);
        ForEach = element.List;
        ElementCount = element.Count;
        _inputs.Add(new InputModel(InputKind.Element, element.List.Name, TypeModel.Of(typeof(T))));
        if (element.Upstream is { } upstream) _dataUpstream.Add(upstream);
        if (element.Source is IParam param) _params.Add(param);
        if (element.Source is NamedAsset or IAssetInput)
        {
            Dag.Scope.Report(
                FlowCodes.BadSetting,
                $"Task '{Id}' is mapped over an asset, whose value may change while the run goes on. Take it in a task first: dag.Task(\"list\").From(asset).Run(list => list), and map over that.",
                Location);
        }

        if (StorableTypes.WhyNot(typeof(T)) is { } why)
            Dag.Scope.Report(FlowCodes.NotStorable, $"An element of task '{Id}' can't be stored: {why}", Location);
        if (typeof(T) == typeof(char) || typeof(T) is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            Dag.Scope.Report(
                FlowCodes.BadSetting,
                $"Task '{Id}' is mapped over a {element.List.Type}, which is no list as JSON. Give an array or a list.",
                Location);
        }
    }

    internal void Update(NamedAsset asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        Dag.Name(asset);
        if (!_into.Contains(asset.Uri)) _into.Add(asset.Uri);
    }

    internal void OrderAfter(ITask task) => _after.Add(task.Draft);

    internal void OnlyIf(Func<IInputReader, bool> condition, string text) => (Condition, ConditionText) = (condition, text);

    internal void RetryWith(int count, Backoff backoff, Func<Exception, bool>? filter)
    {
        Retry = new RetryModel(count, backoff, filter is not null);
        RetryFilter = filter;
    }

    internal Output<T> End<T>(TaskBody body)
    {
        OutputType = typeof(T);
        Finish(TaskKind.Body, body);
        if (StorableTypes.WhyNot(typeof(T)) is { } why)
            Dag.Scope.Report(FlowCodes.NotStorable, $"The output of task '{Id}' can't be stored: {why}", Location);
        return new Output<T>(this);
    }

    internal MappedOutput<T> EndMapped<T>(TaskBody body)
    {
        End<T>(body);
        return new MappedOutput<T>(this);
    }

    /// <exception cref="Fail">The DAG has no such task.</exception>
    internal ITask? ByName(string? id)
    {
        if (id is null) return null;
        var draft = Dag.Tasks.FirstOrDefault(task => task.Id == id)
            ?? throw new Fail($"Task '{Id}' chose '{id}', but DAG '{Dag.Id}' has no such task.");
        return new Done(draft);
    }

    internal Branch EndBranch(TaskBody body)
    {
        Finish(TaskKind.Branch, body);
        return new Branch(this);
    }

    internal Done End(TaskBody body)
    {
        Finish(TaskKind.Body, body);
        return new Done(this);
    }

    private void Finish(TaskKind kind, TaskBody body)
    {
        if (Body is not null)
            Dag.Scope.Report(FlowCodes.NoEnding, $"Task '{Id}' has two ending words; a task is run by one.", Location);
        Kind = kind;
        Body = body;
    }

    /// <summary>Runs whatever happened, once its setup succeeded.</summary>
    internal void Teardown(TaskDraft setup) => TeardownOf = setup;

    internal TaskModel ToModel(Edges edges) => WithLimits(new TaskModel
    {
        Id = Id,
        Index = Index,
        Kind = Kind,
        Description = Description,
        Inputs = [.. _inputs],
        Upstream = [.. edges.UpstreamOf(this).Select(t => t.Index).Order()],
        After = [.. edges.UpstreamOf(this).Except(_dataUpstream).Where(t => t != Group?.Mapped?.List!.Upstream).Select(t => t.Index).Order()],
        Group = Group?.Index,
        TeardownOf = TeardownOf?.Dag == Dag ? TeardownOf.Index : null,
        ForEach = ForEach ?? Group?.Mapped?.List!.Model,
        ElementCount = ElementCount ?? Group?.Mapped?.List!.Count,
        AtMost = AtMost ?? Group?.Mapped?.List!.AtMost,
        TriggerRule = TriggerRule ?? Group?.Default(d => d.Rule) ?? Flow.TriggerRule.AllSuccess,
        Condition = ConditionText,
        Retry = Retry ?? Group?.Default(d => d.RetryModel) ?? Dag.RetryDefault,
        Timeout = Timeout ?? Group?.Default(d => d.Limit),
        AllowFailure = AllowFailure,
        Callbacks = [.. Callbacks],
        Wait = Wait,
        Into = [.. _into],
        Output = OutputType is null ? null : TypeModel.Of(OutputType),
        Location = Location,
    });

    /// <summary>Whether it directly waits for another task, by data or by order.</summary>
    public bool IsAfter(TaskDraft other) => _dataUpstream.Contains(other) || _after.Contains(other);

    internal IEnumerable<TaskDraft> Foreign => _dataUpstream.Concat(_after).Concat(TeardownOf is null ? [] : [TeardownOf]).Where(t => t.Dag != Dag).Distinct();
}
