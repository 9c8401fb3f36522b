namespace Wizart.Flow.Host.Cli;

/// <summary>Reads passwords: from the keyboard without showing them, or as a line of standard input. Never from an argument, which every process of the machine can see.</summary>
internal static class Passwords
{
    /// <summary>A password that is to be set. A person types it twice.</summary>
    /// <exception cref="CliException">There is none, or the two differ.</exception>
    public static string ReadNew(Terminal terminal, string user)
    {
        if (terminal.In is null)
        {
            return terminal.Piped?.ReadLine() is { Length: > 0 } line
                ? line
                : throw CliException.Usage("There is no password. Type it in a terminal, or send it as a line of standard input.");
        }

        var password = Ask(terminal, $"Password for {user}: ");
        return Ask(terminal, "Once more: ") == password ? password : throw CliException.Usage("The two passwords differ. Nothing was changed.");
    }

    private static string Ask(Terminal terminal, string prompt)
    {
        terminal.Error.Write(prompt);
        var password = terminal.ReadHidden();
        terminal.Error.WriteLine();
        return password;
    }
}
