namespace Wizart.Flow;

/// <summary>The span of data that a run covers: from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
/// <param name="Start">The beginning, which is also the run's logical date.</param>
/// <param name="End">The end, which is also the earliest time the run starts.</param>
public readonly record struct DataInterval(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => End - Start;

    /// <inheritdoc/>
    public override string ToString() => $"[{Start:O}, {End:O})";
}
