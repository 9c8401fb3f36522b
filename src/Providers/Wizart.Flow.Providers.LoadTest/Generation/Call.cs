using System.Diagnostics.CodeAnalysis;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>One call from the moment it is due to its end; whoever ends it first, counts it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer or a handle holds nothing; the call may still look at it after its end.")]
internal sealed class Call(CallStream stream, WeightedCall scenario, TimeSpan intended, Action? onOver = null) : IThreadPoolWorkItem
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _phase = Waiting;

    private const int Waiting = 0;
    private const int Starting = 1;
    private const int Running = 2;
    private const int Done = 3;

    public bool IsOver => Volatile.Read(ref _phase) == Done;

    public bool IsRunning => Volatile.Read(ref _phase) == Running;

    /// <summary>When it was really started, from the step's start. Only once it is running.</summary>
    public TimeSpan Started { get; private set; }

    public void Execute() => stream.InContext(() => _ = RunAsync());

    /// <summary>Ends it from outside, when it is running.</summary>
    public void GiveUp(CallOutcome outcome, string? problem)
    {
        Over(new CallEnd(outcome, problem, null));
        _cancellation.Cancel();
    }

    /// <summary>Takes it back, when it still waits for a thread.</summary>
    public void TakeBack()
    {
        if (Interlocked.CompareExchange(ref _phase, Done, Waiting) != Waiting) return;
        stream.NotStarted(intended);
        onOver?.Invoke();
    }

    /// <summary>Calls, and always ends well itself: what went wrong is counted.</summary>
    public async Task RunAsync()
    {
        // Callers that answers set free have no time to be late for.
        if (!stream.MayStart || (onOver is null && stream.IsTooLate(intended))) TakeBack();
        if (Interlocked.CompareExchange(ref _phase, Starting, Waiting) != Waiting) return;
        Started = stream.Elapsed;
        stream.Recorder.Started(intended, Started);
        Volatile.Write(ref _phase, Running);
        var load = new LoadCall(_cancellation.Token);
        load.Enter();
        Exception? error = null;
        try
        {
            await scenario.Body();
        }
        catch (Exception thrown)
        {
            // Whatever a body throws is what the test is there to count.
            error = thrown;
        }

        if (error is Fail refused) stream.Refuse(refused);
        Over(CallEnd.Of(load, error));
    }

    private void Over(CallEnd end)
    {
        if (Interlocked.CompareExchange(ref _phase, Done, Running) != Running) return;
        stream.Ended(new CallSample(intended, Started, stream.Elapsed, end));
        onOver?.Invoke();
    }
}
