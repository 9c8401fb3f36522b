using System.Runtime.InteropServices;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>Moves runs on by a share of a span, evenly spread, and the same each time for the same DAG and interval.</summary>
internal sealed class Jitter(string dagId, TimeSpan? most)
{
    private readonly ulong _seed = Hash(14695981039346656037, MemoryMarshal.AsBytes(dagId.AsSpan()));

    public bool Any => most > TimeSpan.Zero;

    /// <summary>The wait after a slot was due.</summary>
    /// <param name="logicalDate">Names the slot.</param>
    /// <param name="room">The time until the next slot is due, which the wait never reaches; null when there is no next.</param>
    public TimeSpan For(DateTimeOffset logicalDate, TimeSpan? room)
    {
        if (most is not { } limit || limit <= TimeSpan.Zero) return TimeSpan.Zero;
        if (room < limit) limit = room.Value;
        var share = (Mixed(_seed ^ (ulong)logicalDate.UtcTicks) >> 11) * (1.0 / (1UL << 53));
        var wait = (long)(limit.Ticks * share);
        return TimeSpan.FromTicks(wait - wait % TimeSpan.TicksPerMillisecond);
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static ulong Hash(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) hash = unchecked((hash ^ value) * 1099511628211);
        return hash;
    }

    // The finaliser of SplitMix64, so that neighbouring dates land far apart.
    private static ulong Mixed(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
