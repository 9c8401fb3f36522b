using Wizart.Flow.Providers.Shell.Lines;

namespace Wizart.Flow.Providers.Shell.Processes;

/// <summary>What is to be started, found and checked.</summary>
/// <param name="Name">What the caller called the program.</param>
/// <param name="File">Its file.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">The working folder; empty for that of this process.</param>
/// <param name="Environment">Variables to set, or with null to take away.</param>
/// <param name="Mask">Hides what nobody may see.</param>
internal sealed record ProgramStart(
    string Name, string File, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string?> Environment, Mask Mask)
{
    /// <summary>The command as a person would type it, without secrets.</summary>
    public string Command { get; } = Mask.Hide(CommandText.Of(Name, Arguments));

    /// <exception cref="ShellException">The program or the folder is not there.</exception>
    public static ProgramStart Of(string program, IReadOnlyList<string> arguments, ShellOptions options)
    {
        var mask = new Mask(options);
        var command = mask.Hide(CommandText.Of(program, arguments));
        if (arguments.Any(a => a.Contains('\0', StringComparison.Ordinal)))
            throw new ShellException($"{command} can't be started: an argument has a NUL character.", command);
        if (options.Folder is { } folder && !Directory.Exists(folder))
            throw new ShellException($"{command} can't be started: its working folder '{folder}' is not there.", command);
        var path = options.Environment.TryGetValue("PATH", out var own) ? own : System.Environment.GetEnvironmentVariable("PATH");
        var file = ProgramFile.Find(program, options.Folder, path ?? "", out var whyNot)
            ?? throw new ShellException($"{command} can't be started: {whyNot}", command);
        return new ProgramStart(program, file, arguments, options.Folder ?? "", options.Environment, mask);
    }
}
