using Spectre.Console;

namespace Wizart.Flow.Host.Cli;

/// <summary>
/// Where a verb writes: data to <see cref="Out"/>, everything about it to <see cref="Error"/>. Colours only where a person
/// looks, and not when <c>NO_COLOR</c> is set.
/// </summary>
internal sealed class Terminal
{
    /// <summary>The width of tables that nobody looks at: wide enough that nothing is cut.</summary>
    private const int EndlessWidth = 10_000;

    /// <summary>A terminal over two writers.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isOutputTerminal">Whether a person sees the output.</param>
    /// <param name="isErrorTerminal">Whether a person sees the errors.</param>
    /// <param name="environment">Gives variables of the environment.</param>
    /// <param name="folder">The folder that paths are relative to.</param>
    public Terminal(
        TextWriter output, TextWriter error, bool isOutputTerminal, bool isErrorTerminal, Func<string, string?> environment, string folder)
    {
        var wantsColor = string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";
        (Out, Error, IsInteractive, Environment, Folder) = (output, error, isOutputTerminal, environment, folder);
        Paint = new Paint(isOutputTerminal && wantsColor);
        ErrorPaint = new Paint(isErrorTerminal && wantsColor);
        Console = ConsoleOver(output, isOutputTerminal, wantsColor);
    }

    /// <summary>Standard output.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether a person sees the output as it comes.</summary>
    public bool IsInteractive { get; }

    /// <summary>Colours for <see cref="Out"/>.</summary>
    public Paint Paint { get; }

    /// <summary>Colours for <see cref="Error"/>.</summary>
    public Paint ErrorPaint { get; }

    /// <summary>Tables and live pictures on <see cref="Out"/>.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Gives variables of the environment.</summary>
    public Func<string, string?> Environment { get; }

    /// <summary>The folder that paths are relative to.</summary>
    public string Folder { get; }

    /// <summary>Where a person answers; null when nobody can.</summary>
    public TextReader? In { get; init; }

    /// <summary>What another program or a file gives; null when nothing does.</summary>
    public TextReader? Piped { get; init; }

    /// <summary>Reads a line that a person types, without showing it.</summary>
    public Func<string> ReadHidden { get; init; } = () => "";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>That of this process.</summary>
    public static Terminal OfProcess() => new(
        System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected,
        System.Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory())
    {
        In = System.Console.IsInputRedirected || System.Console.IsErrorRedirected ? null : System.Console.In,
        Piped = System.Console.IsInputRedirected ? System.Console.In : null,
        ReadHidden = HiddenLine,
    };

    /// <summary>Says that something went wrong.</summary>
    public void Fail(string message) => Error.WriteLine($"{ErrorPaint.Red("error:")} {message}");

    /// <summary>A path as a person here would write it: relative where it lies below this folder.</summary>
    public string Shown(string path)
    {
        var relative = Path.GetRelativePath(Folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string HiddenLine()
    {
        var line = new System.Text.StringBuilder();
        while (System.Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) line.Append(key.KeyChar == '\0' ? "" : key.KeyChar.ToString());
            else if (line.Length > 0) line.Length--;
        }

        return line.ToString();
    }

    private static IAnsiConsole ConsoleOver(TextWriter output, bool isTerminal, bool wantsColor)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && wantsColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isTerminal) console.Profile.Width = EndlessWidth;
        return console;
    }
}
