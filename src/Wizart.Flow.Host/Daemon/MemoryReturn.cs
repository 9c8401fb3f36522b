namespace Wizart.Flow.Host.Daemon;

/// <summary>
/// Compiling leaves much garbage in a process that otherwise makes little, so that nothing would soon collect it. A while
/// after the last compilation it is collected, and the memory given back to the system.
/// </summary>
internal sealed class MemoryReturn : IDisposable
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);
    private readonly ITimer _timer;

    public MemoryReturn(TimeProvider time) =>
        _timer = time.CreateTimer(
            static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true),
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Something was compiled.</summary>
    public void Expect() => _timer.Change(After, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
