using System.Text.RegularExpressions;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Http.Requests;

/// <summary>Takes credentials out of what people will read.</summary>
internal static partial class Redaction
{
    private const string Hidden = "***";

    /// <summary>An address without user info and without the values of secret query parameters.</summary>
    public static string Url(Uri url, IReadOnlyList<string> secrets)
    {
        var plain = url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);
        return Text(QueryValue().Replace(plain, part => IsSecret(part.Groups[2].Value) ? part.Groups[1].Value + Hidden : part.Value), secrets);
    }

    /// <summary>A text without the connection's secrets, as they are and as they stand in a URL.</summary>
    public static string Text(string text, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets.Where(s => s.Length > 2).OrderByDescending(s => s.Length))
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(secret), Hidden, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private static bool IsSecret(string name) =>
        ConnectionSettings.IsSecret(name) || name.EndsWith("key", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("sig", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("([?&]([^=&#]+)=)[^&#]*", RegexOptions.CultureInvariant)]
    private static partial Regex QueryValue();
}
