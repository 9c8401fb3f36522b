using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Wizart.Flow.Web.Access;

/// <summary>Which proxies are believed, and the path below which all is served.</summary>
public static class ProxyRules
{
    /// <summary>What is wrong with a list of proxies; null when nothing is.</summary>
    public static string? WhyNotProxies(string proxies) => Split(proxies).FirstOrDefault(text => !IPAddress.TryParse(text, out _) && !IPNetwork.TryParse(text, out _)) is { } wrong
        ? $"'{wrong}' is neither an address (10.0.0.7) nor a network (10.0.0.0/8)."
        : null;

    /// <summary>What is wrong with a path; null when nothing is.</summary>
    public static string? WhyNotPath(string path) =>
        path.Length == 0 || (path[0] == '/' && path.Length > 1 && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal) && path.All(c => char.IsAsciiLetterOrDigit(c) || "/-_.~".Contains(c, StringComparison.Ordinal)))
            ? null
            : "must begin with '/', not end with it, and have letters, digits, '-', '_', '.' and '~' only, such as /flow.";

    /// <summary>Believes the proxies, and takes the path off.</summary>
    internal static void Use(IApplicationBuilder app, AccessOptions options)
    {
        if (Split(options.TrustedProxies) is { Length: > 0 } proxies)
        {
            var forwarded = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,
                ForwardLimit = null, // through as many proxies as are trusted
            };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
            {
                if (IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
                else forwarded.KnownIPNetworks.Add(IPNetwork.Parse(proxy));
            }

            app.UseForwardedHeaders(forwarded);
        }

        if (options.PathBase.Length > 0) app.UsePathBase(options.PathBase);
    }

    private static string[] Split(string proxies) => proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
