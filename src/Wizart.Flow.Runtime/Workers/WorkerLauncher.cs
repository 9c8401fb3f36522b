using System.ComponentModel;
using System.Diagnostics;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>Starts worker processes of one kind and brings them to the point where they take orders.</summary>
internal sealed class WorkerLauncher(
    WorkerPoolOptions options, WorkerKind kind, SocketPlace place, WorkerListener listener, TimeProvider time)
{
    // A machine that is short of something for a moment gets a second and a third chance.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)];

    private readonly long _memoryLimit = kind == WorkerKind.Runner ? options.MemoryLimitBytes : options.DescribeMemoryLimitBytes;

    /// <summary>Starts one.</summary>
    /// <exception cref="WorkerStartException">It does not come up.</exception>
    public async Task<WorkerProcess> StartAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await TryStartAsync();
            }
            catch (WorkerStartException) when (attempt < Waits.Length && File.Exists(options.WorkerPath))
            {
                await Task.Delay(Waits[attempt], time);
            }
        }
    }

    private async Task<WorkerProcess> TryStartAsync()
    {
        var token = WorkerProtocol.NewToken();
        var outboxPath = place.NewOutboxPath();
        var outbox = OutboxFile.Create(outboxPath);
        Process? process = null;
        try
        {
            var control = listener.Expect(token, SocketRole.Control);
            var output = listener.Expect(token, SocketRole.Output);
            process = Start(token, outboxPath);
            var sockets = Task.WhenAll(control, output);
            if (await Task.WhenAny(sockets, process.WaitForExitAsync()).WaitAsync(options.StartTimeout, time) != sockets)
                throw new WorkerStartException(await WhyAsync(process, $"it ended with exit code {process.ExitCode}"));
            return new WorkerProcess(process, (await sockets)[0], (await sockets)[1], outbox, _memoryLimit);
        }
        catch (Exception e)
        {
            listener.Forget(token);
            outbox.Dispose();
            File.Delete(outboxPath);
            if (process is not null) ProcessGroup.Kill(process);
            if (e is TimeoutException)
                throw new WorkerStartException(await WhyAsync(process!, $"it did not report within {options.StartTimeout.TotalSeconds:0.#} s"), e);
            process?.Dispose();
            throw;
        }
    }

    private Process Start(byte[] token, string outboxPath)
    {
        var start = WorkerProgram.StartInfo(options.WorkerPath, _memoryLimit, new Dictionary<string, string>
        {
            [WorkerProtocol.SocketVariable] = place.SocketPath,
            [WorkerProtocol.TokenVariable] = Convert.ToHexString(token),
            [WorkerProtocol.OutboxVariable] = outboxPath,
            [WorkerProtocol.KindVariable] = kind.ToString(),
        });
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new WorkerStartException($"The worker program '{options.WorkerPath}' can't be started by '{start.FileName}': {e.Message}", e);
        }
    }

    private async Task<string> WhyAsync(Process process, string what)
    {
        var words = (await process.StandardError.ReadToEndAsync()).Trim();
        return $"The worker program '{options.WorkerPath}' does not come up: {what}.{(words.Length == 0 ? "" : $" It said: {words}")}";
    }
}
