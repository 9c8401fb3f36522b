using System.Globalization;
using System.Text;
using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Attempts;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>One attempt in one worker, seen from the pool: sends the order, passes its events on, stops it, and tells how it ended.</summary>
internal sealed class WorkerAttempt
{
    private readonly WorkerProcess _worker;
    private readonly AttemptOrder _order;
    private readonly AttemptEvents _events;
    private readonly AttemptControl _control;
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;
    private readonly SecretMask _mask;
    private readonly long _serial;
    private ITimer? _killTimer;

    public WorkerAttempt(
        WorkerProcess worker, AttemptOrder order, AttemptEvents events, AttemptControl control, TimeSpan grace, TimeProvider time)
    {
        (_worker, _order, _events, _control, _grace, _time) = (worker, order, events, control, grace, time);
        _mask = order.Connections.Count == 0 ? SecretMask.None : SecretMask.Of(order.Connections.Values);
        _serial = worker.Begin(order.Image.Hash);
    }

    /// <summary>Runs it.</summary>
    /// <returns>How it ended; null when the worker was dead before it had begun, so that nothing has happened.</returns>
    public async Task<AttemptOutcome?> RunAsync()
    {
        _worker.Output.Attach(new AttemptLog(_events, _mask, _time, _order.LogLimitBytes));
        var frame = _worker.Writer.Begin(FrameKind.Run).Number(_serial).Json(_order, ExecutionJson.Default.AttemptOrder).End();
        try
        {
            if (!await _worker.SendAsync(frame)) return null;
            _events.Tell(new AttemptEvent.Started(_worker.Id));
            using var stop = _control.Stopping.UnsafeRegister(static me => ((WorkerAttempt)me!).Stop(), this);
            return await ListenAsync() ?? Dead();
        }
        finally
        {
            _killTimer?.Dispose();
            _worker.Finish();
            _worker.Output.Detach();
        }
    }

    private async ValueTask<AttemptOutcome?> ListenAsync()
    {
        do
        {
            while (_worker.Reader.TryTake(out var kind, out var payload))
            {
                if (kind != FrameKind.Event) throw new InvalidDataException($"A worker sent a frame of kind {kind} during an attempt.");
                var happened = JsonSerializer.Deserialize(payload.Span, ExecutionJson.Default.AttemptEvent)!;
                if (happened is AttemptEvent.Ended ended) return ended.Outcome;
                _events.Tell(happened);
                // Nobody listens any more: go no further than needed.
                if (_events.Failure is not null) _worker.Kill(KillCause.PoolClosed, _serial);
            }
        }
        while (await _worker.ReadMoreAsync());
        return null;
    }

    private AttemptOutcome? Dead()
    {
        if (!_worker.HasBegun && _worker.KillCause == KillCause.None) return null;
        return _worker.KillCause switch
        {
            KillCause.MemoryLimit => new AttemptOutcome.Failed(WorkerDeath.MemoryLimit(_worker.MemoryLimit)),
            KillCause.PoolClosed => new AttemptOutcome.Failed(new TaskError
            {
                Type = "Interrupted",
                Message = "The workers were shut down while the attempt was running.",
            }),
            KillCause.IgnoredStop => StopOutcomes.Of(
                _order,
                _control,
                string.Create(CultureInfo.InvariantCulture, $"The body ignored its cancellation for {_grace.TotalSeconds:0.##} s, so its process was killed.")),
            _ when _control.Kind is not null => StopOutcomes.Of(_order, _control, "Its process ended with it."),
            _ => new AttemptOutcome.Failed(WorkerDeath.ErrorOf(_worker, _mask.Hide)),
        };
    }

    private void Stop()
    {
        _killTimer = _time.CreateTimer(static me => ((WorkerAttempt)me!).Kill(), this, _grace, Timeout.InfiniteTimeSpan);
        using var writer = new FrameWriter(); // the worker's own may be building another frame
        var frame = writer.Begin(FrameKind.Stop).Number(_serial)
            .Bytes([(byte)(_control.Kind ?? StopKind.Cancel)])
            .Bytes(Encoding.UTF8.GetBytes(_control.Reason ?? ""))
            .End();
        _worker.Send(frame.Span);
    }

    private void Kill() => _worker.Kill(KillCause.IgnoredStop, _serial);
}
