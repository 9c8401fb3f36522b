using System.Text.Json.Serialization;

namespace Wizart.Flow.Model;

/// <summary>
/// What a script declared about one DAG: all that is known before anything runs. Immutable, and the same as JSON; the
/// bodies are not in it, they stay in the compiled script.
/// </summary>
public sealed record DagModel
{
    /// <summary>Unique in the whole installation.</summary>
    public required string Id { get; init; }

    /// <summary>Markdown for people.</summary>
    public string? Description { get; init; }

    /// <summary>Words to filter by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>When it runs; null when only by hand, API, another DAG or backfill.</summary>
    public ScheduleModel? Schedule { get; init; }

    /// <summary>No interval begins before this.</summary>
    public DateTimeOffset? StartingOn { get; init; }

    /// <summary>No interval begins at or after this.</summary>
    public DateTimeOffset? EndingOn { get; init; }

    /// <summary>Whether intervals missed during a downtime or pause are run; otherwise only the newest is.</summary>
    public bool Catchup { get; init; }

    /// <summary>At most this many missed intervals are run, the newest of them; null for all.</summary>
    public int? CatchupAtMost { get; init; }

    /// <summary>Whether of queued runs the newest starts first; otherwise the oldest does.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>How many runs may be running at once. Default 16.</summary>
    public int MaxActiveRuns { get; init; } = DefaultMaxActiveRuns;

    /// <summary>How many task instances of one run may be running at once; null for no limit.</summary>
    public int? MaxActiveTasks { get; init; }

    /// <summary>A run that lasts longer than this is failed and its tasks are cancelled; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the first task that fails for good ends its run.</summary>
    public bool FailFast { get; init; }

    /// <summary>Whether the DAG is paused when it is first seen.</summary>
    public bool Paused { get; init; }

    /// <summary>The priority of tasks that name none. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>The weight rule of tasks that name no priority.</summary>
    public Weight WeightRule { get; init; }

    /// <summary>What happens to a scheduled run that is due while as many are running as may.</summary>
    public Overlap Overlap { get; init; }

    /// <summary>Whether all its tasks wait for the same task of the scheduled run before.</summary>
    public bool DependsOnPast { get; init; }

    /// <summary>It is paused when so many scheduled runs in a row have failed; null for never.</summary>
    public int? PauseAfter { get; init; }

    /// <summary>The pools that any of its tasks is in.</summary>
    public IReadOnlyList<PoolModel> Pools { get; init; } = [];

    /// <summary>Who is told what becomes of its runs (success, failure) and of any of its tasks (retry, skipped), in the order of declaration.</summary>
    public IReadOnlyList<CallbackModel> Callbacks { get; init; } = [];

    /// <summary>Who is told when a run is not over in time.</summary>
    public IReadOnlyList<DeadlineModel> Deadlines { get; init; } = [];

    /// <summary>What a person may set per run: those params that any of its tasks takes as an input.</summary>
    public IReadOnlyList<ParamModel> Params { get; init; } = [];

    /// <summary>Its groups, those around others first.</summary>
    public IReadOnlyList<GroupModel> Groups { get; init; } = [];

    /// <summary>The assets that its schedule or any of its tasks names, each once.</summary>
    public IReadOnlyList<AssetModel> Assets { get; init; } = [];

    /// <summary>The clock's part of the schedule; null when no clock drives the DAG.</summary>
    [JsonIgnore]
    public TimeScheduleModel? TimeSchedule => Schedule as TimeScheduleModel ?? (Schedule as AssetScheduleModel)?.Time as TimeScheduleModel;

    /// <summary>The zone its dates are read and shown in: the schedule's, or UTC.</summary>
    /// <exception cref="TimeZoneNotFoundException">This machine doesn't know the zone.</exception>
    [JsonIgnore]
    public TimeZoneInfo Zone => TimeSchedule is { } schedule ? TimeZoneInfo.FindSystemTimeZoneById(schedule.Zone) : TimeZoneInfo.Utc;

    /// <summary>The assets' part of the schedule; null when it follows none.</summary>
    [JsonIgnore]
    public AssetScheduleModel? AssetSchedule => Schedule as AssetScheduleModel;

    /// <summary>The tasks in the order of declaration; <see cref="TaskModel.Index"/> is the place in this list.</summary>
    public IReadOnlyList<TaskModel> Tasks { get; init; } = [];

    /// <summary>Where <c>Dag(id)</c> stands.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The limit that holds where an author sets none.</summary>
    [JsonIgnore]
    public const int DefaultMaxActiveRuns = 16;
}
