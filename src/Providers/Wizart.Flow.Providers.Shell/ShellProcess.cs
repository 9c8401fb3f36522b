using System.Globalization;
using System.Runtime.ExceptionServices;
using Wizart.Flow.Providers.Shell.Lines;
using Wizart.Flow.Providers.Shell.Processes;

namespace Wizart.Flow.Providers.Shell;

/// <summary>A program that is running, and all that it has started.</summary>
public sealed class ShellProcess : IAsyncDisposable
{
    private const int LinesInErrors = 20;
    private const int CharactersInErrors = 4000;

    private readonly ProgramStart _start;
    private readonly ShellOptions _options;
    private readonly TaskContext? _run;
    private readonly RunningProgram _program;
    private readonly OutputLog _output;
    private readonly OutputLog _errors;
    private readonly CancellationTokenSource _disposed = new();

    internal ShellProcess(ProgramStart start, ShellOptions options, TaskContext? run)
    {
        (_start, _options, _run) = (start, options, run);
        run?.Log($"$ {start.Command}", LogLevel.Debug);
        _output = new OutputLog(options, start.Mask, run, isError: false);
        _errors = new OutputLog(options, start.Mask, run, isError: true);
        _program = RunningProgram.Start(start, options.Input, _output, _errors);
        Completion = CompleteAsync();
    }

    /// <summary>The process's number.</summary>
    public int Id => _program.Id;

    /// <summary>Its end.</summary>
    /// <exception cref="ShellException">It did not end in time, or ended with an exit code that is no success.</exception>
    /// <exception cref="OperationCanceledException">The attempt was cancelled.</exception>
    public Task<ShellResult> Completion { get; }

    /// <summary>Asks it, and all that it has started, to end (SIGTERM), and kills what is left after <see cref="ShellOptions.Grace"/>.</summary>
    /// <returns>When it has ended; how it ended is in <see cref="Completion"/>.</returns>
    public Task Stop() => _program.StopAsync(_options.Grace);

    /// <summary>Ends it, if it has not ended, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        // How it ended is for those who asked; here it only has to be over.
        await Completion.ContinueWith(ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _disposed.Dispose();
    }

    private async Task<ShellResult> CompleteAsync()
    {
        var cancellation = _run?.Cancellation ?? CancellationToken.None;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposed.Token);
        var timedOut = await WaitAsync(stop.Token);
        var left = await _program.EndAsync(_options.Grace);
        var result = new ShellResult
        {
            ExitCode = _program.ExitCode,
            Output = _output.Tail.Text,
            OutputIsCut = _output.Tail.IsCut,
            Errors = _errors.Tail.Text,
            Took = _program.Elapsed,
        };
        cancellation.ThrowIfCancellationRequested();
        if ((_output.Trouble ?? _errors.Trouble) is { } trouble) ExceptionDispatchInfo.Throw(trouble);
        if (left) _run?.Log($"{_start.Name} left processes running, which were ended with it.", LogLevel.Warning);
        if (timedOut) throw Failure($"was ended after its time limit of {Words(_options.Timeout!.Value)}", result, timedOut);
        return _options.Succeeds(result.ExitCode) ? result : throw Failure($"ended with exit code {result.ExitCode}", result, timedOut);
    }

    /// <summary>Waits until it ends by itself or has to; true when its time was over.</summary>
    private async Task<bool> WaitAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_options.Timeout ?? System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            await _program.Exit.WaitAsync(either.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            await _program.StopAsync(_options.Grace);
            return !stop.IsCancellationRequested;
        }
    }

    private ShellException Failure(string what, ShellResult result, bool timedOut)
    {
        var words = result.Errors.Trim() is { Length: > 0 } errors ? errors : result.Output.Trim();
        if (words.Length > CharactersInErrors) words = "…" + words[^CharactersInErrors..];
        var lines = words.Split('\n');
        var last = string.Join('\n', lines.Skip(Math.Max(0, lines.Length - LinesInErrors)));
        var said = last.Length == 0 ? "It said nothing." : $"It said:\n{last}";
        return new ShellException($"{_start.Command} {what}. {said}", _start.Command, result, timedOut);
    }

    private static string Words(TimeSpan time) => time.TotalSeconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.##} min");
}
