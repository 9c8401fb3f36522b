using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What can be wrong with a schedule's words. A problem without a location is reported where the DAG takes the schedule.</summary>
internal static class ScheduleProblems
{
    public static Diagnostic Bad(FormattableString message, SourceLocation? location) =>
        Bad(FormattableString.Invariant(message), location);

    public static Diagnostic Bad(string message, SourceLocation? location) => new(FlowCodes.BadSchedule, message, location);

    public static IEnumerable<Diagnostic> WithZone(string zone, SourceLocation location)
    {
        if (!string.IsNullOrWhiteSpace(zone) && Zones.Find(zone) is not null) return [];
        return [new Diagnostic(FlowCodes.UnknownZone, $"'{zone}' is not a time zone known here. {ZoneHint.For(zone)}", location)];
    }

    public static IEnumerable<Diagnostic> WithJitter(TimeSpan most, SourceLocation location)
    {
        if (most > TimeSpan.Zero) return [];
        return [new Diagnostic(FlowCodes.BadSetting, $"Jitter is {most}; it must be longer than zero.", location)];
    }
}
