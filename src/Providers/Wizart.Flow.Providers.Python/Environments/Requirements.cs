namespace Wizart.Flow.Providers.Python.Environments;

/// <summary>The packages that an environment is to have.</summary>
internal static class Requirements
{
    private static readonly string[] References = ["-r", "-c", "-e", "--requirement", "--constraint", "--editable"];

    /// <summary>The lines that count, in an order of their own.</summary>
    /// <exception cref="ArgumentException">A line points to another file, so that the lines alone do not say what is installed.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> lines)
    {
        string[] all =
        [
            .. lines.SelectMany(l => l.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Where(l => l[0] != '#')
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        foreach (var line in all)
        {
            if (References.Any(r => line == r || line.StartsWith(r + " ", StringComparison.Ordinal) || line.StartsWith(r + "=", StringComparison.Ordinal)))
                throw new ArgumentException(
                    $"The requirement '{line}' points to another file. Give the lines of that file, so that a change of it makes a new environment.",
                    nameof(lines));
        }

        return all;
    }
}
