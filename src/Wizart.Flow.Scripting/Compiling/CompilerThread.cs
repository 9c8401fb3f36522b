namespace Wizart.Flow.Scripting;

/// <summary>
/// Runs the compiler where a monstrous script does least harm: on a thread with a large stack, because parts of the
/// compiler recurse without looking (five thousand nested <c>if</c>s end the process on an ordinary one), and with a limit
/// on time, because parts of it never look whether they were cancelled.
/// </summary>
/// <param name="time">For the limit.</param>
/// <param name="limit">After this the work is cancelled, and after <see cref="Grace"/> left to itself.</param>
internal sealed class CompilerThread(TimeProvider time, TimeSpan limit)
{
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>How long the compiler may take to notice that it was cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Does the work.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="OperationCanceledException">The caller has cancelled it.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var tooLong = new CancellationTokenSource(limit, time);
        var both = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellation);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(work, done, both), StackBytes) { IsBackground = true, Name = "Script compiler" };
        thread.Start();
        try
        {
            return await done.Task.WaitAsync(limit + Grace, time, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The compiler took longer than {limit}.");
        }
    }

    private static void Run<T>(Func<CancellationToken, T> work, TaskCompletionSource<T> done, CancellationTokenSource both)
    {
        using (both)
        {
            try
            {
                done.TrySetResult(work(both.Token));
            }
            catch (OperationCanceledException error)
            {
                done.TrySetCanceled(error.CancellationToken);
            }
            catch (Exception error)
            {
                done.TrySetException(error);
            }
        }
    }
}
