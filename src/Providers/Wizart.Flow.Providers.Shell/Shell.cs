using Wizart.Flow.Providers.Shell.Processes;

namespace Wizart.Flow.Providers.Shell;

/// <summary>
/// Other programs as a part of a task. What they print goes to the attempt's log, line by line; they end with the attempt,
/// together with all that they have started. Without an attempt (in a plain unit test) nothing is logged.
/// </summary>
public static class Shell
{
    private const string ScriptShell = "bash";

    /// <summary>Runs a program to its end. No shell looks at the arguments: they arrive as they are.</summary>
    /// <param name="program">A name that is looked for on the PATH, or a path.</param>
    /// <param name="arguments">One text for each argument.</param>
    /// <param name="options">Folder, environment, input, time limit and the like.</param>
    /// <exception cref="ShellException">It can't be started, did not end in time, or ended with another exit code than 0.</exception>
    /// <exception cref="OperationCanceledException">The attempt was cancelled; the program and its children have ended.</exception>
    public static async Task<ShellResult> Run(string program, IEnumerable<string>? arguments = null, ShellOptions? options = null)
    {
        await using var running = Start(program, arguments, options);
        return await running.Completion;
    }

    /// <summary>
    /// Runs a text in bash, which ends at the first command that fails (<c>-euo pipefail</c>). Never build the text from
    /// values: give them as <paramref name="arguments"/>, and use them as <c>"$1"</c>, <c>"$2"</c>…
    /// </summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static async Task<ShellResult> Script(string bash, IEnumerable<string>? arguments = null, ShellOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(bash);
        await using var running = Start(ScriptShell, ["-euo", "pipefail", "-c", bash, "script", .. arguments ?? []], options);
        return await running.Completion;
    }

    /// <summary>Starts a program and goes on. It ends with the attempt, or when what is given back is disposed.</summary>
    /// <exception cref="ShellException">It can't be started.</exception>
    public static ShellProcess Start(string program, IEnumerable<string>? arguments = null, ShellOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(program);
        options ??= new ShellOptions();
        var run = options.Attempt ?? TaskContext.Current;
        run?.Cancellation.ThrowIfCancellationRequested();
        return new ShellProcess(ProgramStart.Of(program, [.. arguments ?? []], options), options, run);
    }
}
