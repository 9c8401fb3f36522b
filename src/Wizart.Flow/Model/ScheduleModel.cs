using System.Text.Json.Serialization;

namespace Wizart.Flow.Model;

/// <summary>When a DAG runs, as data.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CronScheduleModel), "cron")]
[JsonDerivedType(typeof(EveryScheduleModel), "every")]
[JsonDerivedType(typeof(OnceScheduleModel), "once")]
[JsonDerivedType(typeof(ContinuousScheduleModel), "continuous")]
[JsonDerivedType(typeof(DatesScheduleModel), "dates")]
[JsonDerivedType(typeof(AssetScheduleModel), "assets")]
public abstract record ScheduleModel
{
    /// <summary>The schedule as a person reads it: <c>Daily at 06:00, Europe/Minsk</c>.</summary>
    public required string Text { get; init; }
}

/// <summary>A schedule made by the clock. It covers intervals unless <see cref="AtStart"/>.</summary>
public abstract record TimeScheduleModel : ScheduleModel
{
    /// <summary>The IANA zone whose wall clock counts; UTC where the author names none.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Trigger semantics: the run fires at the time itself, with an empty interval.</summary>
    public bool AtStart { get; init; }

    /// <summary>Runs start up to this much later, evenly spread and the same for the same DAG and interval.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>Days (in <see cref="TimeScheduleModel.Zone"/>) on which nothing fires.</summary>
    public IReadOnlyList<DateOnly> Except { get; init; } = [];
}

/// <summary>By a Unix cron expression of five or six fields.</summary>
/// <param name="Expression">The expression; six fields begin with seconds.</param>
public sealed record CronScheduleModel(string Expression) : TimeScheduleModel;

/// <summary>By elapsed time, whatever the wall clock does.</summary>
/// <param name="Period">The length of each interval.</param>
public sealed record EveryScheduleModel(TimeSpan Period) : TimeScheduleModel;

/// <summary>One run, as soon as the DAG is active.</summary>
public sealed record OnceScheduleModel : TimeScheduleModel;

/// <summary>The next run as soon as the last has ended; never two at once.</summary>
public sealed record ContinuousScheduleModel : TimeScheduleModel;

/// <summary>At the times listed.</summary>
/// <param name="Dates">The times, as written: dates or local times in <see cref="TimeScheduleModel.Zone"/>, or with an offset.</param>
public sealed record DatesScheduleModel(IReadOnlyList<string> Dates) : TimeScheduleModel;
