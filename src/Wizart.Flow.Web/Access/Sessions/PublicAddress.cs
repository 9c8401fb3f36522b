using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web.Access;

/// <summary>The address people open the daemon at, for links in messages and logs.</summary>
public static class PublicAddress
{
    /// <summary>The address, without a slash at its end.</summary>
    /// <param name="publicUrl">The address as it was set; empty when the daemon is opened where it listens.</param>
    /// <param name="url">Where the daemon listens; one that stands for all addresses becomes <c>localhost</c>.</param>
    /// <param name="pathBase">The path below which all is served.</param>
    public static string Of(string publicUrl, string url, string pathBase)
    {
        if (publicUrl.Length > 0) return publicUrl.TrimEnd('/');
        var address = BindingAddress.Parse(url);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}{pathBase}";
    }

    /// <summary>The whole address of a one-time link's code.</summary>
    public static string OfLink(string address, string code) => address + LinkPages.PathOf(code);
}
