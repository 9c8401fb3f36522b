namespace Wizart.Flow.Engine.Timetables;

/// <summary>A grid of equal steps of elapsed time through an anchor, in both directions; clocks being changed don't move it.</summary>
internal sealed class EveryFireTimes : FireTimes
{
    private readonly long _period;
    private readonly long _phase;
    private readonly TimeZoneInfo _zone;

    public EveryFireTimes(TimeSpan period, DateTimeOffset anchor, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        _period = period.Ticks;
        _phase = anchor.UtcTicks % _period;
        _zone = zone;
    }

    public override DateTimeOffset? After(DateTimeOffset time) => At(StepAt(Instants.Later(time, Instants.First).UtcTicks) + 1);

    public override DateTimeOffset? AtOrBefore(DateTimeOffset time) => At(StepAt(Instants.Earlier(time, Instants.Last).UtcTicks));

    public override long Count(DateTimeOffset first, DateTimeOffset last, long most = long.MaxValue) =>
        first > last ? 0 : StepAt(last.UtcTicks) - StepAt(first.UtcTicks - 1);

    private long StepAt(long ticks) => Math.DivRem(ticks - _phase, _period) is var (steps, rest) && rest < 0 ? steps - 1 : steps;

    private DateTimeOffset? At(long step)
    {
        var ticks = _phase + (Int128)step * _period;
        if (ticks < Instants.First.UtcTicks || ticks >= Instants.End.UtcTicks) return null;
        return TimeZoneInfo.ConvertTime(new DateTimeOffset((long)ticks, TimeSpan.Zero), _zone);
    }
}
