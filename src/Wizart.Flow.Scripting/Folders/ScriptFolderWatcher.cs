using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Wizart.Flow.Scripting;

/// <summary>
/// Tells what changes in a folder of scripts, within a moment where the operating system signals it, and otherwise at
/// the next sweep. It has no timer: whoever owns the clock calls <see cref="SweepAsync"/> every few seconds.
/// </summary>
public sealed class ScriptFolderWatcher : IDisposable
{
    /// <summary>How long nothing must have happened before a change is looked at: editors write in several steps.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    /// <summary>A change is looked at after this time even if more keep coming.</summary>
    public static readonly TimeSpan AtLatest = TimeSpan.FromMilliseconds(500);

    private readonly ScriptFolder _folder;
    private readonly TimeProvider _time;
    private readonly FolderSignals _signals;
    private readonly Channel<bool> _signalled = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<ScriptChange> _changes = Channel.CreateUnbounded<ScriptChange>();
    private readonly SemaphoreSlim _inOrder = new(1, 1);
    private volatile bool _thorough;

    /// <summary>A watcher that does nothing yet.</summary>
    /// <param name="folder">The folder; may have been scanned before, then only later changes are told.</param>
    /// <param name="time">For the moment of quiet.</param>
    /// <param name="logger">Hears when the operating system can't signal changes.</param>
    public ScriptFolderWatcher(ScriptFolder folder, TimeProvider time, ILogger<ScriptFolderWatcher> logger)
    {
        _folder = folder;
        _time = time;
        _signals = new FolderSignals(folder.Root, folder.MayMatter, Signal, logger);
    }

    /// <summary>The changes since the folder was last scanned, and then all others as they come. For one reader.</summary>
    public async IAsyncEnumerable<ScriptChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _signals.Listen();
        Signal(thorough: false); // what happened before we listened
        var following = FollowAsync(stop.Token);
        try
        {
            await foreach (var change in _changes.Reader.ReadAllAsync(cancellation)) yield return change;
        }
        finally
        {
            await stop.CancelAsync();
            await following;
        }
    }

    /// <summary>Compares the contents of all scripts and of what they load, and sees to it that changes are signalled.
    /// Returns when the changes found are waiting for the reader.</summary>
    public async Task SweepAsync(CancellationToken cancellation = default)
    {
        _signals.Listen();
        await ScanAsync(thorough: true, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signals.Dispose();
        _inOrder.Dispose();
    }

    private void Signal(bool thorough)
    {
        if (thorough) _thorough = true;
        _signalled.Writer.TryWrite(true);
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        var again = Task.CompletedTask;
        try
        {
            while (await _signalled.Reader.WaitToReadAsync(stop))
            {
                await SettleAsync(stop);
                var thorough = _thorough;
                _thorough = false;
                if (thorough) _signals.Listen();
                await ScanAsync(thorough, stop);
                if (_folder.IsUnsettled) again = SignalAgainAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await again;
        }
        catch (Exception error)
        {
            _changes.Writer.TryComplete(error); // the reader is told; nothing is watched in silence
        }
    }

    private async Task SignalAgainAsync(CancellationToken stop)
    {
        await Task.Delay(AtLatest, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Signal(thorough: false);
    }

    private async Task SettleAsync(CancellationToken stop)
    {
        var start = _time.GetTimestamp();
        while (_signalled.Reader.TryRead(out _) && _time.GetElapsedTime(start) < AtLatest)
            await Task.Delay(Quiet, _time, stop);
    }

    private async Task ScanAsync(bool thorough, CancellationToken cancellation)
    {
        // Scan and handing over are one step: two scans must not tell their changes in the wrong order.
        await _inOrder.WaitAsync(cancellation);
        try
        {
            foreach (var change in await _folder.ScanAsync(thorough, cancellation)) _changes.Writer.TryWrite(change);
        }
        finally
        {
            _inOrder.Release();
        }
    }
}
