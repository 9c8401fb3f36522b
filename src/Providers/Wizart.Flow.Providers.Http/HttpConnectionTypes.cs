using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Http;

/// <summary>Adds this provider's clients.</summary>
public static class HttpConnectionTypes
{
    /// <summary>Connections of type <c>http</c> give an <see cref="HttpApi"/>.</summary>
    public static ConnectionTypes AddHttp(this ConnectionTypes types) =>
        types.Add(["http"], (settings, scope) => new HttpApi(settings, scope)).Describe("http", HttpKind.Describe);
}
