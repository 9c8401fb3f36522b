using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>What must hold of a DAG's schedule, beyond what is checked while its script is declared.</summary>
public static class ScheduleRules
{
    /// <summary>The shortest period of <c>Every</c>: one second, as for cron.</summary>
    public static TimeSpan ShortestPeriod { get; } = TimeSpan.FromSeconds(1);

    /// <summary>All that is wrong with the schedule; empty when it may be used.</summary>
    public static IReadOnlyList<Diagnostic> Check(DagModel model)
    {
        var problem = (ScheduleModel?)model.TimeSchedule switch
        {
            CronScheduleModel cron => CheckCron(model, cron),
            EveryScheduleModel every => CheckEvery(model, every),
            _ => null,
        };
        problem ??= CheckFires(model);
        return [.. new[] { problem, CheckJitter(model) }.OfType<Diagnostic>()];
    }

    private static Diagnostic? CheckCron(DagModel model, CronScheduleModel cron)
    {
        try
        {
            if (CronText.Parse(cron.Expression).Count > 0) return null;
            return Error(
                FlowCodes.NeverFires,
                model,
                $"Cron '{cron.Expression}' of DAG '{model.Id}' never fires: no year has such a day. Check its day and month.");
        }
        catch (FormatException error)
        {
            return Error(FlowCodes.BadSchedule, model, $"The schedule of DAG '{model.Id}' can't be read: {error.Message}");
        }
    }

    private static Diagnostic? CheckEvery(DagModel model, EveryScheduleModel every) => every.Period >= ShortestPeriod
        ? null
        : Error(
            FlowCodes.BadSetting,
            model,
            $"Every({every.Period}) of DAG '{model.Id}' is too short; the shortest is one second. For runs without a pause use Continuously.");

    private static Diagnostic? CheckJitter(DagModel model) => model.Schedule is ContinuousScheduleModel { Jitter: not null }
        ? new Diagnostic(
            FlowCodes.BadSetting,
            $"Jitter has no meaning for DAG '{model.Id}', which runs Continuously. Remove it.",
            model.Location,
            DiagnosticSeverity.Warning)
        : null;

    private static Diagnostic? CheckFires(DagModel model)
    {
        // An unknown zone and an end before the start are reported where they are declared.
        if (model.TimeSchedule is not { } schedule || Zones.Find(schedule.Zone) is null) return null;
        if (model.EndingOn <= model.StartingOn) return null;
        if (Timetable.For(model, DateTimeOffset.MinValue)!.NextEndingAfter(DateTimeOffset.MinValue) is not null) return null;
        return Error(
            FlowCodes.NeverFires,
            model,
            $"DAG '{model.Id}' never runs: '{schedule.Text}' does not fire {Span(model)}. Move its dates or change its schedule.");
    }

    private static string Span(DagModel model) => (model.StartingOn, model.EndingOn) switch
    {
        ({ } start, { } end) => $"from {start:yyyy-MM-dd HH:mm zzz} until before {end:yyyy-MM-dd HH:mm zzz}",
        ({ } start, null) => $"from {start:yyyy-MM-dd HH:mm zzz} on",
        (null, { } end) => $"before {end:yyyy-MM-dd HH:mm zzz}",
        _ => "at all",
    };

    private static Diagnostic Error(string code, DagModel model, string message) => new(code, message, model.Location);
}
