using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>People stay signed in by a cookie that names a stored session: it is looked up with each request, so that its end is the end.</summary>
internal static class SessionCookies
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "FlowSession";

    /// <summary>The cookie's name.</summary>
    public const string Name = "flow_session";

    private static readonly TimeSpan ProlongEvery = TimeSpan.FromDays(1);

    public static void Configure(CookieAuthenticationOptions cookies)
    {
        cookies.Cookie.Name = Name;
        cookies.Cookie.HttpOnly = true;
        cookies.Cookie.SameSite = SameSiteMode.Lax;
        cookies.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookies.Cookie.IsEssential = true;
        cookies.ExpireTimeSpan = AccessCommands.SessionLength;
        cookies.SlidingExpiration = false; // the session slides, and takes the cookie with it
        cookies.LoginPath = "/sign-in";
        cookies.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = ValidateAsync,
            OnRedirectToLogin = redirect => Refusals.ChallengeAsync(redirect.HttpContext),
            OnRedirectToAccessDenied = redirect => Refusals.ForbidAsync(redirect.HttpContext),
        };
    }

    /// <summary>Signs a person in and gives the browser its cookie.</summary>
    public static async Task SignInAsync(HttpContext context, User user)
    {
        var access = context.RequestServices.GetRequiredService<AccessCommands>();
        var session = await access.SignInAsync(user, context.Address());
        var now = session.CreatedAt;
        await context.SignInAsync(Scheme, Callers.Of(user, session), Properties(now));
    }

    /// <summary>How long a cookie lasts that is given now.</summary>
    public static AuthenticationProperties Properties(DateTimeOffset now) =>
        new() { IsPersistent = true, IssuedUtc = now, ExpiresUtc = now + AccessCommands.SessionLength, AllowRefresh = true };

    private static async Task ValidateAsync(CookieValidatePrincipalContext cookie)
    {
        var services = cookie.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var found = cookie.Principal?.SessionId() is { } id
            ? await services.GetRequiredService<IAccessReads>().SessionAsync(id, cookie.HttpContext.RequestAborted)
            : null;
        if (found is not { } known || known.Session.ExpiresAt <= now || !known.User.CanSignIn)
        {
            cookie.RejectPrincipal();
            return;
        }

        cookie.ReplacePrincipal(Callers.Of(known.User, known.Session));
        if (known.Session.ExpiresAt - now > AccessCommands.SessionLength - ProlongEvery) return;
        await services.GetRequiredService<AccessCommands>().ProlongAsync(known.Session);
        cookie.ShouldRenew = true;
    }
}
