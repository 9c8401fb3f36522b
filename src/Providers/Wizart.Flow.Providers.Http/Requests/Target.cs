namespace Wizart.Flow.Providers.Http.Requests;

/// <summary>Where a request goes, and whether the connection's credentials may go with it.</summary>
/// <param name="Url">The whole address.</param>
/// <param name="Trusted">Whether it has the scheme, host and port of the connection's base URL.</param>
internal sealed record Target(Uri Url, bool Trusted)
{
    /// <summary>Puts a path behind the base URL's own path; keeps the base URL's query.</summary>
    /// <exception cref="ArgumentException">The path is no path.</exception>
    public static Target Of(Uri baseUrl, string path)
    {
        if (path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return Of(baseUrl, Uri.TryCreate(path, UriKind.Absolute, out var url) ? url : throw new ArgumentException($"'{path}' is no URL."));

        var (place, query) = Split(path);
        var (basePlace, baseQuery) = Split(baseUrl.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped));
        var whole = baseUrl.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            + (place.Length == 0 ? basePlace : basePlace.TrimEnd('/') + "/" + place.TrimStart('/'))
            + string.Concat(new[] { baseQuery, query }.Where(part => part.Length > 0).Select((part, i) => (i == 0 ? "?" : "&") + part));
        return new Target(new Uri(whole), Trusted: true);
    }

    /// <summary>A whole address: the connection's credentials go only to the connection's own server.</summary>
    public static Target Of(Uri baseUrl, Uri url) =>
        new(url, Uri.Compare(baseUrl, url, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);

    private static (string Place, string Query) Split(string path)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (path, "") : (path[..mark], path[(mark + 1)..]);
    }
}
