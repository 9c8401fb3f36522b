using System.Net;

namespace Wizart.Flow.Providers.Http.Requests;

/// <summary>
/// Where an answer sends the request on. The connection's credentials go along only to the connection's own server; the
/// handler's own redirects would send headers anywhere.
/// </summary>
internal static class Redirects
{
    /// <summary>More than these is a circle.</summary>
    public const int Most = 10;

    /// <summary>The request that follows from the answer; null when it is no redirect to follow.</summary>
    public static RequestPlan? Follow(RequestPlan plan, HttpResponseMessage response, Uri baseUrl)
    {
        if (response.Headers.Location is not { } location || !IsRedirect(response.StatusCode)) return null;
        var url = new Uri(plan.Target.Url, location);
        if (url.Scheme is not ("http" or "https")) return null;
        if (url.Scheme == "http" && plan.Target.Url.Scheme == "https") return null;

        // 301, 302: as browsers do, a POST becomes a GET; 303 says so; 307 and 308 keep everything.
        var becomesGet = response.StatusCode == HttpStatusCode.SeeOther
            ? plan.Method != HttpMethod.Head
            : plan.Method == HttpMethod.Post && response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found;
        var target = Target.Of(baseUrl, url);
        return plan with
        {
            Target = target,
            Method = becomesGet ? HttpMethod.Get : plan.Method,
            Body = becomesGet ? null : plan.Body,
            Headers = target.Trusted ? plan.Headers : [.. plan.Headers.Where(h => !IsCredential(h.Key))],
        };
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool IsCredential(string header) =>
        header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || header.Equals("Cookie", StringComparison.OrdinalIgnoreCase);
}
