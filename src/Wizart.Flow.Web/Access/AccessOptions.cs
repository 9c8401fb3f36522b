namespace Wizart.Flow.Web.Access;

/// <summary>Who is let in and how.</summary>
public sealed record AccessOptions
{
    /// <summary>The folder of the keys that cookies are protected with; null to keep them in memory, so that a restart signs everybody out.</summary>
    public string? Keys { get; init; }

    /// <summary>The path below which all is served, such as <c>/flow</c>. Default: empty, the root.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>
    /// The proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c> and <c>-Prefix</c> are believed: addresses and networks
    /// (<c>10.0.0.0/8</c>), separated by commas. Default: none.
    /// </summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>Whether anybody may read <c>/metrics</c> from anywhere. Default: from this machine only, or with a token.</summary>
    public bool AnonymousMetrics { get; init; }

    /// <summary>Signing in through another system. Default: not at all.</summary>
    public OidcOptions Oidc { get; init; } = new();
}
