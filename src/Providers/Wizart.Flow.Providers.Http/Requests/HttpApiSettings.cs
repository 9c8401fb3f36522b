using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Wizart.Flow.Connections;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Http.Requests;

/// <summary>The settings of an <c>http</c> connection, read and checked.</summary>
internal sealed record HttpApiSettings(
    string Id,
    Uri Base,
    AuthenticationHeaderValue? Authorization,
    IReadOnlyList<(string Name, string Value)> Headers,
    string UserAgent,
    TimeSpan Timeout,
    int Retries,
    bool LoadTest,
    IReadOnlyList<string> Secrets)
{
    private const string HeaderPrefix = "header.";

    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public static HttpApiSettings Read(ConnectionSettings settings)
    {
        var url = settings.Require("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw Wrong(settings, "url", "is no http:// or https:// address");

        return new HttpApiSettings(
            settings.Id,
            new UriBuilder(parsed) { UserName = "", Password = "", Fragment = "" }.Uri,
            ReadAuthorization(settings, parsed),
            ReadHeaders(settings),
            settings.Find("userAgent") ?? $"Wizart.Flow/{typeof(HttpApiSettings).Assembly.GetName().Version!.ToString(3)}",
            ReadTimeout(settings),
            ReadRetries(settings),
            ReadLoadTest(settings),
            [.. settings.Secrets(), .. parsed.UserInfo.Split(':', 2).Skip(1).Select(Uri.UnescapeDataString)]);
    }

    private static AuthenticationHeaderValue? ReadAuthorization(ConnectionSettings settings, Uri url)
    {
        if (settings.Find("token") is { } token)
        {
            if (token.Any(char.IsControl)) throw Wrong(settings, "token", "has line breaks or other control characters");
            return new AuthenticationHeaderValue("Bearer", token);
        }

        var credentials = settings.Find("username") is { } name
            ? $"{name}:{settings.Find("password")}"
            : Uri.UnescapeDataString(url.UserInfo);
        return credentials.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
    }

    private static List<(string, string)> ReadHeaders(ConnectionSettings settings)
    {
        using var check = new HttpRequestMessage();
        var headers = new List<(string, string)>();
        foreach (var (key, value) in settings.Values)
        {
            if (!key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            var name = key[HeaderPrefix.Length..];
            if (value.AsSpan().IndexOfAny('\r', '\n') >= 0 || !check.Headers.TryAddWithoutValidation(name, value))
                throw Wrong(settings, key, "is no request header");
            headers.Add((name, value));
        }

        return headers;
    }

    private static TimeSpan ReadTimeout(ConnectionSettings settings)
    {
        if (settings.Find("timeout") is not { } text) return TimeSpan.FromSeconds(100);
        var timeout = DurationText.Read(text);
        return timeout >= TimeSpan.FromMilliseconds(10) && timeout <= TimeSpan.FromDays(1)
            ? timeout.Value
            : throw Wrong(settings, "timeout", $"is '{text}', which is no time from 10ms to 1d. Write it as 500ms, 20s or 5m");
    }

    private static int ReadRetries(ConnectionSettings settings)
    {
        if (settings.Find("retries") is not { } text) return 3;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) && retries <= 20
            ? retries
            : throw Wrong(settings, "retries", $"is '{text}', which is no number from 0 to 20");
    }

    private static bool ReadLoadTest(ConnectionSettings settings)
    {
        if (settings.Find("loadTest") is not { } text) return false;
        return bool.TryParse(text, out var allowed)
            ? allowed
            : throw Wrong(settings, "loadTest", $"is '{text}', which is neither true nor false");
    }

    private static ConnectionException Wrong(ConnectionSettings settings, string name, string what) =>
        new($"Connection '{settings.Id}' ({settings.Type}): '{name}' {what}.");
}
