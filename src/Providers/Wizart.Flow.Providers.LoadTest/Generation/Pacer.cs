using Wizart.Flow.Providers.LoadTest.Arrivals;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>Sends the calls of a schedule when they are due, from a thread that does nothing else.</summary>
internal sealed class Pacer(CallStream stream, ArrivalSchedule schedule, WaitHandle stopped) : IPacer
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ended with the schedule, or soon after it was stopped.</summary>
    public Task Over => _over.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "load test pacer", Priority = ThreadPriority.AboveNormal }.Start();

    private void Run()
    {
        try
        {
            var count = schedule.Count;
            for (long next = 0; next < count && stream.MayStart; next++)
            {
                var due = schedule.At(next);
                if (!IsTime(due)) break;
                if (stream.Offer(next, due) is { } call) ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
            }

            IsTime(schedule.Duration);
            _over.SetResult();
        }
        catch (Exception error)
        {
            // The test ends with it instead of the process.
            _over.SetException(error);
        }
    }

    private bool IsTime(TimeSpan due)
    {
        while (true)
        {
            if (!stream.MayStart) return false;
            var wait = due - stream.Elapsed;
            if (wait <= TimeSpan.Zero) return true;
            if (stopped.WaitOne(Math.Max(1, (int)Math.Min(wait.TotalMilliseconds, 1000)))) return false;
        }
    }
}
