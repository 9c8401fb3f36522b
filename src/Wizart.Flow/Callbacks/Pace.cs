using System.Collections.Concurrent;

namespace Wizart.Flow.Callbacks;

/// <summary>When the next message may go to an address: one a second, and later when the server asked for it. One for all clients of a process.</summary>
internal sealed class Pace
{
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<(Uri Address, TimeProvider Time), Pace> All = new();

    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public static Pace Of(Uri address, TimeProvider time) => All.GetOrAdd((address, time), _ => new Pace());

    /// <summary>Takes the next place in the row if it is not further away than <paramref name="most"/>.</summary>
    /// <returns>How long to wait for it, and whether the place was taken.</returns>
    public (TimeSpan Wait, bool IsTaken) Take(DateTimeOffset now, TimeSpan most)
    {
        lock (_lock)
        {
            var at = _next > now ? _next : now;
            if (at - now > most) return (at - now, false);
            _next = at + BetweenMessages;
            return (at - now, true);
        }
    }

    /// <summary>Nothing goes before this.</summary>
    public void NotBefore(DateTimeOffset time)
    {
        lock (_lock)
        {
            if (time > _next) _next = time;
        }
    }
}
