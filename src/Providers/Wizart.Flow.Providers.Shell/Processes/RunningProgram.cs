using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Wizart.Flow.Providers.Shell.Lines;

namespace Wizart.Flow.Providers.Shell.Processes;

/// <summary>A process, its group, and the three ways to it.</summary>
internal sealed class RunningProgram
{
    // What a program leaves behind may still have a moment's work to do, such as writing down what it was piped.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Guardian _guardian;
    private readonly ProcessGroup _group;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly Task _read;
    private readonly Task _written;

    private RunningProgram(Process process, Guardian guardian, string input, OutputLog output, OutputLog errors)
    {
        (_process, _guardian, _group) = (process, guardian, new ProcessGroup(process.Id));
        Id = process.Id;
        guardian.WatchOver(Id);
        _read = Task.WhenAll(ReadAsync(process.StandardOutput.BaseStream, output), ReadAsync(process.StandardError.BaseStream, errors));
        _written = WriteAsync(input);
        Exit = ExitAsync();
    }

    public int Id { get; }

    public int ExitCode { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>The end of the process itself.</summary>
    public Task Exit { get; }

    /// <exception cref="ShellException">The machine refuses to start it.</exception>
    public static RunningProgram Start(ProgramStart start, string input, OutputLog output, OutputLog errors)
    {
        var info = new ProcessStartInfo(ProcessGroup.Launcher ?? start.File)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = start.Folder,
        };
        if (ProcessGroup.Launcher is not null) info.ArgumentList.Add(start.File);
        foreach (var argument in start.Arguments) info.ArgumentList.Add(argument);
        foreach (var (name, value) in start.Environment)
        {
            if (value is null) info.Environment.Remove(name);
            else info.Environment[name] = value;
        }

        Guardian? guardian = null;
        try
        {
            guardian = Guardian.Start();
            return new RunningProgram(Process.Start(info)!, guardian, input, output, errors);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            guardian?.Release();
            throw new ShellException($"{start.Command} can't be started: {e.Message}", start.Command, inner: e);
        }
    }

    /// <summary>Asks the group to end, and kills what has not ended in time.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (ProcessGroup.Launcher is null) _group.Kill();
        else _group.Ask();
        if (!await _group.IsGoneAsync(grace))
        {
            _group.Kill();
            await _group.IsGoneAsync(KillTime);
        }

        await Exit;
    }

    /// <summary>After the process has ended: ends what it has left running, and waits for all that was printed.</summary>
    /// <returns>Whether something had to be ended.</returns>
    public async Task<bool> EndAsync(TimeSpan grace)
    {
        await Exit;
        var left = !await _group.IsGoneAsync(Afterwards);
        if (left) await StopAsync(grace);
        // A process that has left the group may hold the outputs open for ever.
        await Task.WhenAny(Task.WhenAll(_read, _written), Task.Delay(KillTime, TimeProvider.System));
        await _guardian.DisposeAsync();
        var readToEnd = _read.IsCompleted;
        _process.Dispose();
        if (readToEnd) await _read;
        return left || !readToEnd;
    }

    private async Task ExitAsync()
    {
        // Not the method that also waits for the outputs: children may hold those.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => ended.TrySetResult();
        if (_process.HasExited) ended.TrySetResult();
        await ended.Task;
        ExitCode = _process.ExitCode;
        Elapsed = Stopwatch.GetElapsedTime(_startedAt);
    }

    private static async Task ReadAsync(Stream stream, OutputLog log)
    {
        var lines = new LineSplitter(log.Line);
        var buffer = new byte[16 * 1024];
        while (await ReadAsync(stream, buffer) is > 0 and var count) lines.Add(buffer.AsSpan(0, count));
        lines.End();
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0; // closed on this side, because a stranger held it open
        }
    }

    private async Task WriteAsync(string input)
    {
        try
        {
            await _process.StandardInput.WriteAsync(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not want to read all of it, as head does not; its exit code tells whether that was right.
        }
    }
}
