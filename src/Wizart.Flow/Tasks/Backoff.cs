namespace Wizart.Flow;

/// <summary>How long to wait before an attempt is tried again.</summary>
public sealed record Backoff
{
    /// <summary>The wait before the first retry.</summary>
    public TimeSpan Initial { get; init; }

    /// <summary>What each wait is multiplied by to give the next; 1 for the same wait each time.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>No wait is longer than this.</summary>
    public TimeSpan Max { get; init; } = DefaultMax;

    /// <summary>How far a wait may be moved either way, as a share of it: 0.1 is ±10 %.</summary>
    public double JitterShare { get; init; }

    /// <summary>No wait at all.</summary>
    public static Backoff None { get; } = new();

    /// <summary>The longest wait where an author names none: one day.</summary>
    public static TimeSpan DefaultMax { get; } = TimeSpan.FromDays(1);

    /// <summary>The same wait each time.</summary>
    public static Backoff Fixed(TimeSpan wait) => new() { Initial = wait };

    /// <summary>Twice the wait each time, up to <paramref name="max"/> (one day by default), ±10 %.</summary>
    public static Backoff Exponential(TimeSpan initial, TimeSpan? max = null) =>
        new() { Initial = initial, Factor = 2, Max = max ?? DefaultMax, JitterShare = 0.1 };

    /// <summary>The same backoff with waits moved by up to <paramref name="share"/> (from 0 to 1) of themselves either way.</summary>
    public Backoff Jitter(double share) => this with { JitterShare = share };

    /// <summary>The wait before retry number <paramref name="retry"/> (from one).</summary>
    /// <param name="retry">Which retry, from one.</param>
    /// <param name="chance">A number in [0, 1) that places the wait within its jitter.</param>
    public TimeSpan WaitBefore(int retry, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retry, 1);
        if (Initial <= TimeSpan.Zero) return TimeSpan.Zero; // however often doubled
        var seconds = Math.Min(Initial.TotalSeconds * Math.Pow(Factor, retry - 1), Max.TotalSeconds);
        var moved = seconds * (1 + JitterShare * (2 * chance - 1));
        return TimeSpan.FromSeconds(Math.Min(moved, Max.TotalSeconds));
    }
}
