using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access.Pages;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Access;

/// <summary>Signing in and out.</summary>
internal static class SignInPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in", ShowAsync).AllowAnonymous();
        pages.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        pages.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        pages.MapGet(OidcSignIn.Path, WithOidc).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AccessCommands access)
    {
        var target = LocalPaths.Checked(context.Request.Query["return"]);
        if (context.User.Identity?.IsAuthenticated == true) return AccessPages.To(context, target);
        var error = context.Request.Query.ContainsKey("failed") ? "The other system did not let you in. The daemon's log says why." : null;
        return await PageAsync(context, access, StatusCodes.Status200OK, target, null, error);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, AccessCommands access, SignInThrottle throttle, ILoggerFactory logs)
    {
        var form = await context.FormAsync();
        var (name, target) = (form.Field("name"), LocalPaths.Checked(form.Field("return")));
        var address = context.Connection.RemoteIpAddress;
        if (throttle.Begin(name, address) is { } wait)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return await PageAsync(context, access, StatusCodes.Status429TooManyRequests, target, name, $"Too many tries. Wait {seconds} s, then try again.");
        }

        if (await access.CheckPasswordAsync(name, form.Secret("password"), context.RequestAborted) is not { } user)
        {
            logs.CreateLogger("Wizart.Flow.Access").LogWarning("A sign-in as '{Name}' from {Address} failed", Printable(name), context.Address());
            return await PageAsync(context, access, StatusCodes.Status401Unauthorized, target, name, "Name or password is wrong.");
        }

        throttle.Succeeded(name, address);
        await SessionCookies.SignInAsync(context, user);
        return AccessPages.To(context, target);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, AccessCommands access)
    {
        if (context.User.SessionId() is { } session) await access.SignOutAsync(session, context.Actor());
        await context.SignOutAsync(SessionCookies.Scheme);
        return AccessPages.To(context, "/sign-in");
    }

    private static IResult WithOidc(HttpContext context, AccessOptions options)
    {
        if (!options.Oidc.IsOn) throw ApiProblem.NotFound("Nobody signs in through another system here.");
        var target = LocalPaths.Checked(context.Request.Query["return"]);
        return Results.Challenge(new AuthenticationProperties { RedirectUri = context.Request.PathBase + target }, [OidcSignIn.Scheme]);
    }

    private static async Task<IResult> PageAsync(HttpContext context, AccessCommands access, int status, string target, string? name, string? error)
    {
        var options = context.RequestServices.GetRequiredService<AccessOptions>();
        var needsAdmin = await access.NeedsFirstAdminAsync(context.RequestAborted);
        return AccessPages.Page<SignInPage>(
            status, ("Error", error), ("Return", target), ("Name", name), ("NeedsFirstAdmin", needsAdmin),
            ("OidcName", options.Oidc.IsOn ? options.Oidc.Name : null));
    }

    /// <summary>A name as it may stand in a log: what somebody types must not look like a line of its own.</summary>
    private static string Printable(string name) => new([.. name.Take(64).Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format ? '?' : c)]);
}
