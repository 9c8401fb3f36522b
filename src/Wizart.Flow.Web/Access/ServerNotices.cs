using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web.Access;

/// <summary>What everybody who uses this daemon should know.</summary>
public sealed class ServerNotices(IServer server)
{
    /// <summary>Whether others than this machine can reach it, as it listens itself.</summary>
    public bool IsOpenToOthers => server.Features.Get<IServerAddressesFeature>()?.Addresses.Any(IsWide) == true;

    /// <summary>The warning for a page; null when there is none.</summary>
    public string? For(HttpContext context) => context.Request.IsHttps || !IsOpenToOthers ? null : Warning;

    /// <summary>What is wrong with listening beyond this machine without TLS.</summary>
    public const string Warning =
        "This daemon is open to the network without TLS: passwords and tokens travel readably. Put a proxy that speaks TLS before it, or listen on 127.0.0.1.";

    private static bool IsWide(string url)
    {
        var address = BindingAddress.Parse(url);
        if (!address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || address.IsUnixPipe || address.IsNamedPipe) return false;
        var host = address.Host.Trim('[', ']');
        return !host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !(IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
