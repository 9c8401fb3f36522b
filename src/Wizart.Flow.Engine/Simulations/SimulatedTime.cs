namespace Wizart.Flow.Engine.Simulations;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private long _now = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    public void Set(DateTimeOffset now) => Volatile.Write(ref _now, now.UtcTicks);
}
