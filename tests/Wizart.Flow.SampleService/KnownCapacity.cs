namespace Wizart.Flow.SampleService;

/// <summary>
/// So many workers, so long for each request, and a queue before them: what it holds is workers ÷ service time. Each request's
/// end is worked out when it comes, from the ends of those before it, so that late timers of this machine make answers later
/// and the capacity no smaller.
/// </summary>
/// <param name="workers">How many requests are worked on at once.</param>
/// <param name="serviceTime">How long each takes.</param>
/// <param name="time">The clock.</param>
public sealed class KnownCapacity(int workers, TimeSpan serviceTime, TimeProvider time)
{
    private readonly PriorityQueue<int, long> _free = new(Enumerable.Range(0, workers).Select(worker => (worker, long.MinValue)));
    private readonly long _ticksEach = (long)(serviceTime.TotalSeconds * time.TimestampFrequency);

    /// <summary>Requests a second.</summary>
    public double Limit => workers / serviceTime.TotalSeconds;

    /// <summary>Ends when the request's work is done.</summary>
    public async Task WorkAsync(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        long end;
        lock (_free)
        {
            _free.TryPeek(out var worker, out var freeAt);
            end = Math.Max(now, freeAt) + _ticksEach;
            _free.DequeueEnqueue(worker, end);
        }

        var left = time.GetElapsedTime(now, end);
        if (left > TimeSpan.Zero) await Task.Delay(left, time, cancellation);
    }
}
