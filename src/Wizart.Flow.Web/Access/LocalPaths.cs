using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web.Access;

/// <summary>Where to go back to: only paths of this daemon, whatever a link says.</summary>
internal static class LocalPaths
{
    /// <summary>The path if it is one of this daemon; otherwise the first page. It is relative to the daemon's own root.</summary>
    public static string Checked(string? path) =>
        path is { Length: > 0 and < 2_000 }
        && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && !path.Any(c => char.IsControl(c) || c == '\\')
        && !path.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase)
            ? path
            : "/";

    /// <summary>A path without the daemon's own root.</summary>
    public static string Without(PathString pathBase, string path) =>
        pathBase.HasValue && path.StartsWith(pathBase.Value!, StringComparison.OrdinalIgnoreCase) ? Checked(path[pathBase.Value!.Length..]) : Checked(path);
}
