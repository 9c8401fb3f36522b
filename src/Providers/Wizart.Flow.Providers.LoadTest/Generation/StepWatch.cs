using Wizart.Flow.Providers.LoadTest.Capacity;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>
/// Looks at a running step ten times a second, from a thread of its own: bodies that block all other threads must not keep a
/// test from being stopped.
/// </summary>
internal sealed class StepWatch(CallStream stream, Func<TimeSpan, LoadStop?> look, Task sent, ManualResetEvent stopped)
{
    // What is under way when a test is stopped may still end by itself for so long.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource<LoadStop?> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ended when no call is under way any more.</summary>
    public Task<LoadStop?> Over => _over.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "load test watch", Priority = ThreadPriority.AboveNormal }.Start();

    private void Run()
    {
        try
        {
            LoadStop? stop = null;
            while (!sent.IsCompleted || stream.InFlight > 0)
            {
                sent.Wait(Pause);
                if (sent.IsCompleted) stopped.WaitOne(1);
                stream.SweepTimeouts();
                if (stop is null && (stop = look(stream.Elapsed)) is not null) End();
                if (stop is not null && stream.Elapsed - stop.After > DrainTime) stream.CancelAll();
            }

            _over.SetResult(stop);
        }
        catch (Exception error)
        {
            // A condition that throws: the test ends with its error, and sends nothing more.
            End();
            stream.CancelAll();
            _over.SetException(error is AggregateException { InnerException: { } inner } ? inner : error);
        }
    }

    private void End()
    {
        stream.Close();
        stopped.Set();
        stream.TakeBackWaiting();
    }
}
