using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A schedule made by the clock. Immutable: each word gives a new one, so that DAGs may share and vary them.</summary>
public class TimeSchedule : Schedule
{
    private readonly TimeScheduleModel _model;

    internal TimeSchedule(TimeScheduleModel model, params IEnumerable<Diagnostic> problems)
    {
        _model = model;
        Problems = [.. problems];
    }

    /// <inheritdoc/>
    public override ScheduleModel Model => _model with { Text = ScheduleText.Of(_model) };

    internal sealed override IReadOnlyList<Diagnostic> Problems { get; }

    /// <summary>Whose wall clock counts: an IANA zone such as <c>"Europe/Minsk"</c>. UTC by default.</summary>
    /// <param name="zone">The zone's id.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public TimeSchedule In(string zone, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        With(_model with { Zone = zone }, ScheduleProblems.WithZone(zone, new SourceLocation(file, line)));

    /// <summary>Nothing fires on these days; the interval that would have ended there goes on until the next firing.</summary>
    public TimeSchedule Except(Calendar calendar) =>
        With(_model with { Except = [.. _model.Except.Concat(calendar.Dates).Distinct().Order()] }, calendar.Problems);

    /// <summary>
    /// Runs start up to this much later, evenly spread and the same for the same DAG and interval, so that many DAGs don't
    /// start at once. Never later than the next run is due.
    /// </summary>
    public TimeSchedule Jitter(TimeSpan most, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        With(_model with { Jitter = most }, ScheduleProblems.WithJitter(most, new SourceLocation(file, line)));

    /// <summary>The run fires at the time itself, with an empty interval, instead of covering the time up to it.</summary>
    public TimeSchedule AtStart() => With(_model with { AtStart = true });

    private TimeSchedule With(TimeScheduleModel model, params IEnumerable<Diagnostic> more) => new(model, Problems.Concat(more));
}
