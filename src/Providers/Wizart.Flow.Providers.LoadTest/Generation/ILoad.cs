using Wizart.Flow.Providers.LoadTest.Arrivals;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>What a step does to a service.</summary>
internal interface ILoad
{
    TimeSpan Duration { get; }

    /// <summary>The rate that is meant at a time; 0 where the answers set it.</summary>
    double RateAt(TimeSpan time);

    IPacer Pace(CallStream stream, WaitHandle stopped);
}

/// <summary>Sends the calls of a step.</summary>
internal interface IPacer
{
    /// <summary>Ended when all are sent.</summary>
    Task Over { get; }

    void Start();
}

/// <summary>Calls at fixed times.</summary>
internal sealed record OpenLoad(ArrivalSchedule Schedule) : ILoad
{
    public TimeSpan Duration => Schedule.Duration;

    public double RateAt(TimeSpan time) => Schedule.RateAt(time);

    public IPacer Pace(CallStream stream, WaitHandle stopped) => new Pacer(stream, Schedule, stopped);
}

/// <summary>So many callers, each of which calls again when its call has ended.</summary>
internal sealed record ClosedLoad(int FromCopies, int ToCopies, TimeSpan Duration) : ILoad
{
    public int CopiesAt(TimeSpan time) =>
        FromCopies + (int)Math.Round((ToCopies - FromCopies) * Math.Clamp(time / Duration, 0, 1));

    public double RateAt(TimeSpan time) => 0;

    public IPacer Pace(CallStream stream, WaitHandle stopped) => new CopyPacer(stream, this, stopped);
}
