using Wizart.Flow.Connections;

namespace Wizart.Flow.Engine.Connections;

/// <summary>Keeps secrets out of what is told of connections.</summary>
public static class ConnectionText
{
    private const int ShortestSecret = 3;

    /// <summary>A text without the connection's secrets, as they are and as they stand in an address.</summary>
    public static string WithoutSecrets(string text, ConnectionSettings settings, ConnectionKind? kind)
    {
        var secrets = settings.Values
            .Where(v => v.Value.Length >= ShortestSecret && (kind?.IsSecret(v.Key) ?? ConnectionSettings.IsSecret(v.Key)))
            .Select(v => v.Value)
            .Concat(settings.Values.Select(v => PasswordIn(v.Value)).OfType<string>())
            .OrderByDescending(secret => secret.Length);
        foreach (var secret in secrets)
            text = text.Replace(secret, ConnectionDraft.Hidden, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(secret), ConnectionDraft.Hidden, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>A value as people see it: a secret hidden, and an address without its password.</summary>
    public static string Shown(string name, string value, ConnectionKind? kind)
    {
        if (kind?.IsSecret(name) ?? ConnectionSettings.IsSecret(name)) return value.Length == 0 ? "" : ConnectionDraft.Hidden;
        return PasswordIn(value) is { } password ? value.Replace($":{password}@", $":{ConnectionDraft.Hidden}@", StringComparison.Ordinal) : value;
    }

    private static string? PasswordIn(string value) =>
        value.Contains('@', StringComparison.Ordinal) && Uri.TryCreate(value, UriKind.Absolute, out var url)
        && url.UserInfo.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 && at < url.UserInfo.Length - 1
            ? url.UserInfo[(at + 1)..]
            : null;
}
