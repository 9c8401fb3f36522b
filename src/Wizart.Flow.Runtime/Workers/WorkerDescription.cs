using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Descriptions;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>One evaluation of a script in one worker, seen from the pool, with limits of time and memory.</summary>
internal sealed class WorkerDescription(WorkerProcess worker, ImageReference image, string file, TimeSpan limit, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    /// <returns>What the script declares or what is wrong with it; null when the worker was dead before it had begun.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<ScriptDescription?> RunAsync(CancellationToken cancellation)
    {
        var serial = worker.Begin(image.Hash);
        try
        {
            worker.Output.Attach(null); // what a script prints while it is declared is nobody's log
            var frame = worker.Writer.Begin(FrameKind.Describe).Number(serial)
                .Json(new DescribeOrder(image, file), WorkerJson.Default.DescribeOrder)
                .End();
            if (!await worker.SendAsync(frame)) return null;
            using var tooSlow = time.CreateTimer(_ => worker.Kill(KillCause.TooSlow, serial), null, limit, Timeout.InfiniteTimeSpan);
            using var givenUp = cancellation.UnsafeRegister(_ => worker.Kill(KillCause.PoolClosed, serial), null);
            return await ListenAsync() ?? Dead(cancellation);
        }
        finally
        {
            worker.Finish();
        }
    }

    private async ValueTask<ScriptDescription?> ListenAsync()
    {
        do
        {
            if (!worker.Reader.TryTake(out var kind, out var payload)) continue;
            if (kind != FrameKind.Described) throw new InvalidDataException($"A worker sent a frame of kind {kind} for a description.");
            return JsonSerializer.Deserialize(payload.Span, ModelJson.Default.ScriptDescription)!;
        }
        while (await worker.ReadMoreAsync());
        return null;
    }

    private ScriptDescription? Dead(CancellationToken cancellation) => worker.KillCause switch
    {
        _ when cancellation.IsCancellationRequested => throw new OperationCanceledException(cancellation),
        KillCause.TooSlow => DescribeFailures.TooSlow(file, limit),
        KillCause.MemoryLimit => DescribeFailures.TooLarge(file),
        KillCause.PoolClosed => throw new OperationCanceledException("The workers were shut down."),
        _ when !worker.HasBegun => null,
        _ when WorkerDeath.IsOutOfMemory(worker) => DescribeFailures.TooLarge(file),
        _ => DescribeFailures.Died(file, WorkerDeath.Sentence(worker)),
    };
}
