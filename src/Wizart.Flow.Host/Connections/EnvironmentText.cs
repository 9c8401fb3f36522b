using System.Text.RegularExpressions;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Host.Connections;

/// <summary><c>${NAME}</c> in a setting stands for a variable of the environment; <c>$${</c> for <c>${</c> itself.</summary>
internal static partial class EnvironmentText
{
    /// <summary>The text with its variables put in.</summary>
    /// <exception cref="ConnectionException">A variable is not set.</exception>
    public static string Expand(string connection, string text, Func<string, string?> environment) =>
        Variable().Replace(text, match => match.Value.StartsWith("$$", StringComparison.Ordinal)
            ? match.Value[1..]
            : environment(match.Groups["name"].Value) ?? throw new ConnectionException(
                $"Connection '{connection}' uses {match.Value}, but the environment has no variable {match.Groups["name"].Value}. Set it where the daemon is started."));

    [GeneratedRegex(@"\$?\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
