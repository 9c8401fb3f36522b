namespace Wizart.Flow.Engine.Timetables;

/// <summary>The range of time that timetables look at, and steps within it.</summary>
internal static class Instants
{
    /// <summary>Nothing fires before; a year above the calendar's own limit, so that offsets can be added.</summary>
    public static readonly DateTimeOffset First = new(2, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Nothing fires at or after; a year below the calendar's own limit.</summary>
    public static readonly DateTimeOffset End = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The last instant looked at.</summary>
    public static readonly DateTimeOffset Last = End.AddTicks(-1);

    public static DateTimeOffset JustBefore(DateTimeOffset time) => time.UtcTicks == 0 ? time : time.ToUniversalTime().AddTicks(-1);

    public static DateTimeOffset Within(DateTimeOffset time) => Later(Earlier(time, End), First);

    public static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    public static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
