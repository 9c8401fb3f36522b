namespace Wizart.Flow.Providers.Http.Requests;

/// <summary>A request that can be made anew for every try.</summary>
internal sealed record RequestPlan(
    HttpMethod Method,
    Target Target,
    RequestBody? Body,
    IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers)
{
    /// <summary>Whether sending it twice does no more than sending it once.</summary>
    public bool IsIdempotent => Safe.Contains(Method) || Headers.Any(h => h.Key.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase));

    public HttpRequestMessage ToMessage(HttpApiSettings settings)
    {
        var message = new HttpRequestMessage(Method, Target.Url) { Content = Body?.ToContent() };
        foreach (var (name, values) in Headers) message.Headers.TryAddWithoutValidation(name, values);
        if (Target.Trusted)
        {
            foreach (var (name, value) in settings.Headers)
            {
                message.Headers.Remove(name);
                message.Headers.TryAddWithoutValidation(name, value);
            }

            message.Headers.Authorization ??= settings.Authorization;
        }

        if (message.Headers.UserAgent.Count == 0) message.Headers.TryAddWithoutValidation("User-Agent", settings.UserAgent);
        if (message.Headers.Accept.Count == 0) message.Headers.TryAddWithoutValidation("Accept", "application/json, */*;q=0.8");
        return message;
    }

    private static readonly HashSet<HttpMethod> Safe =
        [HttpMethod.Get, HttpMethod.Head, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Trace];
}
