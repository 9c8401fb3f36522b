using System.Collections.Concurrent;
using System.Diagnostics;
using Wizart.Flow.Providers.LoadTest.Calls;
using Wizart.Flow.Providers.LoadTest.Statistics;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>
/// The calls of one step, on the clock of this machine: a load is a physical fact, which a fake clock can't make. Calls run on
/// the thread pool, so that one that blocks delays no other's time.
/// </summary>
internal sealed class CallStream(LoadTarget target, StepRecorder recorder)
{
    // A call that comes later than this would be a burst of its own, above the rate that was asked for.
    private static readonly TimeSpan LatestStart = TimeSpan.FromMilliseconds(100);

    private readonly long _origin = Stopwatch.GetTimestamp();
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly ConcurrentQueue<Call> _calls = new();
    private int _inFlight;
    private volatile bool _closed;

    public StepRecorder Recorder => recorder;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_origin);

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether calls may still be started.</summary>
    public bool MayStart => !_closed;

    /// <summary>Set when a client refuses to be load-tested at all.</summary>
    public Fail? Refused { get; private set; }

    public bool IsTooLate(TimeSpan intended) => Elapsed - intended > LatestStart;

    public void InContext(Action action)
    {
        if (_context is null) action();
        else ExecutionContext.Run(_context, static act => ((Action)act!)(), action);
    }

    /// <summary>The call of an arrival; null when it had to be dropped.</summary>
    public Call? Offer(long number, TimeSpan intended, Action? onOver = null)
    {
        var dropped = IsTooLate(intended) || InFlight >= target.MostInFlight;
        recorder.Offered(intended, dropped);
        if (dropped) return null;
        Interlocked.Increment(ref _inFlight);
        var call = new Call(this, target.Mix.At(number), intended, onOver);
        _calls.Enqueue(call);
        return call;
    }

    /// <summary>No call starts from here on.</summary>
    public void Close() => _closed = true;

    public void Refuse(Fail refused)
    {
        Refused ??= refused;
        Close();
    }

    public void NotStarted(TimeSpan intended)
    {
        recorder.Dropped(intended);
        Interlocked.Decrement(ref _inFlight);
    }

    public void Ended(in CallSample sample)
    {
        recorder.Ended(sample);
        Interlocked.Decrement(ref _inFlight);
    }

    /// <summary>Ends calls whose time is over. They are kept in the order of their starts, so the first that is not over is the last to look at.</summary>
    public void SweepTimeouts()
    {
        while (_calls.TryPeek(out var call))
        {
            if (!call.IsOver)
            {
                if (!call.IsRunning || Elapsed - call.Started < target.Timeout) return;
                call.GiveUp(CallOutcome.Timeout, $"no answer within {target.Timeout.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} s");
            }

            _calls.TryDequeue(out _);
        }
    }

    /// <summary>Gives up all calls that are under way, and takes back those that are not.</summary>
    public void CancelAll()
    {
        foreach (var call in _calls)
        {
            call.TakeBack();
            if (call.IsRunning) call.GiveUp(CallOutcome.Cancelled, null);
        }
    }

    /// <summary>Takes back the calls that have not been sent.</summary>
    public void TakeBackWaiting()
    {
        foreach (var call in _calls) call.TakeBack();
    }
}
