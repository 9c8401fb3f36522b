using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Shell.Lines;

/// <summary>Hides secrets that only the caller knows of; those of connections are hidden by the attempt's own log.</summary>
internal sealed class Mask
{
    // Shorter values would tear ordinary words apart.
    private const int ShortestSecret = 4;
    private readonly string[] _secrets;

    public Mask(ShellOptions options) => _secrets =
    [
        .. options.Secrets
            .Concat(options.Environment.Where(v => ConnectionSettings.IsSecret(v.Key)).Select(v => v.Value ?? ""))
            .SelectMany(secret => secret.Split('\n', StringSplitOptions.TrimEntries).Append(secret))
            .Where(secret => secret.Length >= ShortestSecret)
            .Distinct()
            .OrderByDescending(secret => secret.Length),
    ];

    public string Hide(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }
}
