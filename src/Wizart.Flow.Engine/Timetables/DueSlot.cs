namespace Wizart.Flow.Engine.Timetables;

/// <summary>One run that a time schedule asks for.</summary>
/// <param name="LogicalDate">The start of the interval; names the run, together with its DAG.</param>
/// <param name="Interval">The data the run covers. Its end is the time the run is due before any jitter.</param>
/// <param name="RunAfter">The earliest time the run starts: the end of the interval, moved on by the schedule's jitter.</param>
public readonly record struct DueSlot(DateTimeOffset LogicalDate, DataInterval Interval, DateTimeOffset RunAfter);
