namespace Wizart.Flow.Providers.Shell.Processes;

/// <summary>A command as a person would type it.</summary>
internal static class CommandText
{
    private const int LongestCommand = 1000;

    public static string Of(string program, IEnumerable<string> arguments)
    {
        var text = string.Join(' ', arguments.Prepend(program).Select(Quoted));
        return text.Length <= LongestCommand ? text : text[..LongestCommand] + "…";
    }

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./:=@%+,".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
