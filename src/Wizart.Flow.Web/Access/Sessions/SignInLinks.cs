using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web.Access;

/// <summary>One-time links as a person opens them.</summary>
public static class SignInLinks
{
    /// <summary>The whole address of a link's code.</summary>
    /// <param name="url">Where the daemon listens; one that stands for all addresses becomes <c>localhost</c>.</param>
    /// <param name="pathBase">The path below which all is served.</param>
    /// <param name="code">The code.</param>
    public static string Of(string url, string pathBase, string code)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}{pathBase}{LinkPages.PathOf(code)}";
    }
}
