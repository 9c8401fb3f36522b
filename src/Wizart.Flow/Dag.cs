using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A DAG being declared: settings, tasks, and the facts of a run that its tasks may take as inputs.</summary>
public sealed partial class Dag
{
    private readonly List<TaskDraft> _tasks = [];
    private readonly Dictionary<string, TaskDraft> _byId = new(StringComparer.Ordinal);
    private DagModel _model;

    internal Dag(ScriptScope scope, string id, SourceLocation location)
    {
        Scope = scope;
        Location = location;
        _model = new DagModel { Id = id, Location = location };
        Interval = new RunInput<DataInterval>(InputKind.Interval, reader => reader.Context.Interval);
        LogicalDate = new RunInput<DateTimeOffset>(InputKind.LogicalDate, reader => reader.Context.LogicalDate);
        Context = new RunInput<TaskContext>(InputKind.Context, reader => reader.Context);
    }

    /// <summary>The DAG's id.</summary>
    public string Id => _model.Id;

    /// <summary>The run's data interval, as an input.</summary>
    public IInput<DataInterval> Interval { get; }

    /// <summary>The start of the run's data interval, as an input.</summary>
    public IInput<DateTimeOffset> LogicalDate { get; }

    /// <summary>The attempt itself, as an input: ids, log, progress, metrics, artifacts, cancellation.</summary>
    public IInput<TaskContext> Context { get; }

    internal ScriptScope Scope { get; }

    internal SourceLocation Location { get; }

    internal RetryModel RetryDefault { get; private set; } = RetryModel.None;

    internal IReadOnlyList<TaskDraft> Tasks => _tasks;

    /// <summary>Begins a task. An ending word such as <c>Run</c> completes it.</summary>
    /// <param name="id">Unique in the DAG: letters, digits, <c>_ - .</c></param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public TaskBuilder Task(string id, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AddTask(null, id, new SourceLocation(file, line));

    internal TaskBuilder AddTask(TaskGroup? group, string id, SourceLocation location)
    {
        id ??= "";
        Scope.CheckId("task", id, location);
        if (group is not null) id = $"{group.Id}.{id}";
        var draft = new TaskDraft(this, id, _tasks.Count, location) { Group = group };
        if (!_byId.TryAdd(id, draft))
        {
            var first = _byId[id].Location;
            Scope.Report(
                FlowCodes.DuplicateTask,
                $"DAG '{Id}' has a second task '{id}' (the first is at line {first.Line}). Give each task an id of its own.",
                draft.Location);
        }

        _tasks.Add(draft);
        return new TaskBuilder(draft);
    }

    /// <summary>Markdown for people.</summary>
    public Dag Describe(string markdown) => With(_model with { Description = markdown });

    /// <summary>Words to filter by.</summary>
    public Dag Tags(params string[] tags) => With(_model with { Tags = [.. _model.Tags.Concat(tags).Distinct()] });

    /// <summary>Who answers for it.</summary>
    public Dag Owner(string name) => With(_model with { Owner = name });

    /// <summary>When it runs. Without a schedule it runs by hand, by API, by another DAG, or by backfill.</summary>
    /// <param name="schedule">The schedule; the last one said counts.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public Dag Schedule(Schedule schedule, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var here = new SourceLocation(file, line);
        foreach (var problem in schedule.Problems)
            Scope.Report(problem.Code, problem.Message, problem.Location ?? here, problem.Severity);
        foreach (var asset in schedule.NamedAssets) Name(asset);
        return With(_model with { Schedule = schedule.Model });
    }

    /// <summary>No interval begins before this date: <c>"2026-11-01"</c>, or with a time; in the schedule's zone unless it has an offset.</summary>
    public Dag StartingOn(string date, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        _startingOn = (date, new SourceLocation(file, line));
        return this;
    }

    /// <summary>No interval begins at or after this date.</summary>
    public Dag EndingOn(string date, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        _endingOn = (date, new SourceLocation(file, line));
        return this;
    }

    /// <summary>Runs every interval that was missed while the daemon was down or the DAG paused.</summary>
    /// <param name="newestFirst">Whether of those that wait the newest starts first; otherwise the oldest does.</param>
    public Dag Catchup(bool newestFirst = false) => With(_model with { Catchup = true, CatchupAtMost = null, NewestFirst = newestFirst });

    /// <summary>Runs the newest missed intervals, at most this many.</summary>
    /// <param name="atMost">How many.</param>
    /// <param name="newestFirst">Whether of those that wait the newest starts first; otherwise the oldest does.</param>
    /// <param name="file">Left to the compiler.</param>
    /// <param name="line">Left to the compiler.</param>
    public Dag Catchup(int atMost, bool newestFirst = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Scope.CheckPositive(atMost, "Catchup(atMost: …)", new SourceLocation(file, line));
        return With(_model with { Catchup = true, CatchupAtMost = atMost, NewestFirst = newestFirst });
    }

    /// <summary>How many of its runs may be running at once; the others wait. Default 16.</summary>
    public Dag MaxActiveRuns(int count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Scope.CheckPositive(count, "MaxActiveRuns", new SourceLocation(file, line));
        return With(_model with { MaxActiveRuns = count });
    }

    /// <summary>How many tasks of one run may be running at once; the others wait.</summary>
    public Dag MaxActiveTasks(int count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Scope.CheckPositive(count, "MaxActiveTasks", new SourceLocation(file, line));
        return With(_model with { MaxActiveTasks = count });
    }

    /// <summary>How its tasks retry unless they say otherwise.</summary>
    public Dag Retry(int count, Backoff? backoff = null)
    {
        RetryDefault = new RetryModel(count, backoff ?? Backoff.None);
        return this;
    }

    /// <summary>A run that lasts longer is failed and its tasks are cancelled.</summary>
    public Dag Timeout(TimeSpan limit) => With(_model with { Timeout = limit });

    /// <summary>The first task that fails for good ends its run: what has not begun is cancelled, what runs is asked to stop.</summary>
    public Dag FailFast() => With(_model with { FailFast = true });

    /// <summary>It is paused when it is first seen.</summary>
    public Dag Paused() => With(_model with { Paused = true });

    internal DagModel ToModel()
    {
        var edges = new Edges(this);
        return _model with
        {
            Tasks = [.. _tasks.Select(t => t.ToModel(edges))],
            Groups = [.. _groups.Select(g => g.ToModel())],
            Pools = PoolsOfTasks,
            Params = [.. _tasks.SelectMany(t => t.Params).Concat(_groups.Select(g => g.List?.Param).OfType<IParam>()).Select(p => p.Model).DistinctBy(p => p.Name)],
            StartingOn = DateOf(_startingOn),
            EndingOn = DateOf(_endingOn),
            Callbacks = [.. _callbacks],
            Deadlines = [.. _deadlines],
            Assets = AssetModels(),
        };
    }

    private (string Text, SourceLocation Location)? _startingOn;
    private (string Text, SourceLocation Location)? _endingOn;

    private Dag With(DagModel model)
    {
        _model = model;
        return this;
    }

    private DateTimeOffset? DateOf((string Text, SourceLocation Location)? date)
    {
        if (date is not { } given) return null;
        var zone = Zones.Find(_model.TimeSchedule?.Zone ?? "UTC") ?? TimeZoneInfo.Utc;
        if (Zones.TryParse(given.Text, zone, out var value)) return value;
        Scope.Report(
            FlowCodes.BadDates,
            $"'{given.Text}' is not a date. Write \"2026-11-01\", or \"2026-11-01T06:00\" with a time.",
            given.Location);
        return null;
    }
}
