namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>Keeps as many callers busy as a load asks for.</summary>
internal sealed class CopyPacer(CallStream stream, ClosedLoad load, WaitHandle stopped) : IPacer
{
    private const int LookEveryMilliseconds = 10;

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number = -1;
    private int _copies;

    public Task Over => _over.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "load test callers", Priority = ThreadPriority.AboveNormal }.Start();

    private void Run()
    {
        try
        {
            while (stream.MayStart && stream.Elapsed < load.Duration)
            {
                for (var missing = load.CopiesAt(stream.Elapsed) - Volatile.Read(ref _copies); missing > 0; missing--)
                {
                    Interlocked.Increment(ref _copies);
                    Again();
                }

                if (stopped.WaitOne(LookEveryMilliseconds)) break;
            }

            _over.SetResult();
        }
        catch (Exception error)
        {
            // The test ends with it instead of the process.
            _over.SetException(error);
        }
    }

    private void Again()
    {
        var now = stream.Elapsed;
        var wanted = stream.MayStart && now < load.Duration && Volatile.Read(ref _copies) <= load.CopiesAt(now);
        if (wanted && stream.Offer(Interlocked.Increment(ref _number), now, Again) is { } call)
            ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
        else
            Interlocked.Decrement(ref _copies);
    }
}
