using Wizart.Flow.Connections;

namespace Wizart.Flow.Runtime.Logs;

/// <summary>Puts <c>***</c> in the place of secrets wherever an attempt's words leave its process.</summary>
public sealed class SecretMask
{
    /// <summary>Shorter values are not masked: they would tear ordinary words apart.</summary>
    public const int ShortestSecret = 4;

    // Of a key of several lines each is secret, because logs are written line by line; JSON writes its breaks as \n.
    private static readonly string[] LineBreaks = ["\r\n", "\n", "\\n"];

    private readonly string[] _secrets;

    private SecretMask(string[] secrets) => _secrets = secrets;

    /// <summary>Hides nothing.</summary>
    public static SecretMask None { get; } = new([]);

    /// <summary>Hides the secret settings of these connections, as they are and as they stand in URLs.</summary>
    public static SecretMask Of(IEnumerable<ConnectionSettings> connections)
    {
        var secrets = connections
            .SelectMany(c => c.Secrets())
            .SelectMany(Parts)
            .SelectMany<string, string>(s => [s, Uri.EscapeDataString(s)])
            .Where(s => s.Length >= ShortestSecret)
            .Distinct()
            .OrderByDescending(s => s.Length)
            .ToArray();
        return secrets.Length == 0 ? None : new SecretMask(secrets);
    }

    /// <summary>The text with its secrets hidden; the same string when there are none.</summary>
    public string Hide(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    // Of a connection string not only the whole is secret but also the password in it, which drivers and people quote alone.
    private static IEnumerable<string> Parts(string secret)
    {
        yield return secret;
        foreach (var line in secret.Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (line.Length < secret.Length) yield return line;
        foreach (var setting in secret.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) continue;
            var name = setting[..at].Trim();
            if (ConnectionSettings.IsSecret(name) || name.Equals("pwd", StringComparison.OrdinalIgnoreCase))
                yield return setting[(at + 1)..].Trim().Trim('"', '\'');
        }
    }
}
