using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Attempts;
using Wizart.Flow.Runtime.Descriptions;
using Wizart.Flow.Runtime.Images;
using Wizart.Flow.Runtime.Logs;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Worker;

/// <summary>
/// Takes orders one after the other. Two threads take turns at the socket: the one that reads an order works on it right
/// there, without handing it over, and the other reads on, so that a stop or the end of the pool is always heard.
/// </summary>
internal sealed class WorkerSession(WorkerKind kind, Socket control, Outbox outbox) : IDisposable
{
    private static readonly TimeSpan FirstOrderWait = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly FrameReader _reader = new();
    private readonly ImageCache _images = new();
    private readonly ConnectionTypes _connectionTypes = WorkerConnections.Create();
    private readonly HeartbeatTimer _heartbeat = new();
    private readonly Lock _lock = new();
    private AttemptRunner? _runner;
    private RunningAttempt? _running;

    /// <summary>Serves until the pool is gone; then the process and all it started is killed.</summary>
    public void Serve()
    {
        // A worker started for an order that waits learns its way from that order.
        var hasOrder = control.Poll(FirstOrderWait, SelectMode.SelectRead);
        new Thread(TakeTurns) { IsBackground = true, Name = "orders" }.Start();
        if (!hasOrder) new WarmUp(_images, _connectionTypes, kind).Run();
        TakeTurns();
    }

    public void Dispose() => _turn.Dispose();

    private void TakeTurns()
    {
        while (true)
        {
            _turn.Wait();
            var (kind, payload) = ReadFrame();
            var serial = BinaryPrimitives.ReadInt64LittleEndian(payload.Span);
            var content = payload.Span[8..];
            switch (kind)
            {
                case FrameKind.Run:
                    var order = JsonSerializer.Deserialize(content, ExecutionJson.Default.AttemptOrder)!;
                    var attempt = Begin(serial);
                    _turn.Release();
                    _ = RunAsync(order, attempt);
                    break;
                case FrameKind.Stop:
                    Stop(serial, (StopKind)content[0], Encoding.UTF8.GetString(content[1..]));
                    _turn.Release();
                    break;
                case FrameKind.Describe:
                    var script = JsonSerializer.Deserialize(content, WorkerJson.Default.DescribeOrder)!;
                    outbox.Begin(serial);
                    _turn.Release();
                    Describe(script);
                    break;
                default:
                    throw new InvalidDataException($"The pool sent a frame of kind {kind}.");
            }
        }
    }

    private (FrameKind Kind, ReadOnlyMemory<byte> Payload) ReadFrame()
    {
        FrameKind kind;
        ReadOnlyMemory<byte> payload;
        while (!_reader.TryTake(out kind, out payload)) _reader.Advance(ReadSome());
        return (kind, payload);
    }

    private int ReadSome()
    {
        try
        {
            var count = control.Receive(_reader.Free().Span);
            if (count > 0) return count;
        }
        catch (SocketException)
        {
            // Broken off: the same as its end.
        }

        ProcessGroup.KillOwn();
        return 0;
    }

    private RunningAttempt Begin(long serial)
    {
        outbox.Begin(serial);
        var attempt = new RunningAttempt(serial, new AttemptControl(), new AttemptEvents(outbox.Tell));
        lock (_lock) _running = attempt;
        return attempt;
    }

    private async Task RunAsync(AttemptOrder order, RunningAttempt attempt)
    {
        _runner ??= new AttemptRunner(_images, _connectionTypes, TimeProvider.System) { HasProcess = true };
        _heartbeat.Watch(attempt.Events);
        var outcome = await _runner.RunAsync(order, attempt.Events, attempt.Control);
        _heartbeat.Watch(null);
        lock (_lock) _running = null;
        attempt.Events.End(outcome); // from here on the next order may come
    }

    // On a thread of its own: what a body hangs on its token must not hold up the reading.
    private void Stop(long serial, StopKind kind, string reason)
    {
        RunningAttempt? attempt;
        lock (_lock) attempt = _running;
        if (attempt is null || attempt.Serial != serial) return;
        ThreadPool.UnsafeQueueUserWorkItem(
            _ => AttemptStop.Stop(attempt.Control, kind, reason, attempt.Events, TimeProvider.System), null);
    }

    private void Describe(DescribeOrder script)
    {
        var description = ScriptDescriber.Describe(_images, _connectionTypes, script.Image, script.File);
        outbox.Send(FrameKind.Described, frame => frame.Json(description, ModelJson.Default.ScriptDescription));
    }

    private sealed record RunningAttempt(long Serial, AttemptControl Control, AttemptEvents Events);
}
