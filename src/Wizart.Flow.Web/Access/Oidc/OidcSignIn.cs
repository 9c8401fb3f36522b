using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;

namespace Wizart.Flow.Web.Access;

/// <summary>Signs people in whom an OpenID Connect provider vouches for: code flow with PKCE; no token of the provider is kept.</summary>
internal static class OidcSignIn
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "FlowOidc";

    /// <summary>Where it begins.</summary>
    public const string Path = "/sign-in/oidc";

    public static void AddTo(AuthenticationBuilder authentication, OidcOptions options) => authentication.AddOpenIdConnect(Scheme, oidc =>
    {
        oidc.Authority = options.Authority;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.SignInScheme = SessionCookies.Scheme;
        oidc.CallbackPath = Path + "/callback";
        oidc.RequireHttpsMetadata = !(Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) && authority.IsLoopback);
        oidc.NonceCookie.SecurePolicy = oidc.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.NonceCookie.SameSite = oidc.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oidc.Scope.Clear();
        foreach (var scope in options.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)) oidc.Scope.Add(scope);
        oidc.ClaimActions.MapJsonKey(options.NameClaim, options.NameClaim);
        oidc.ClaimActions.MapJsonKey(options.RoleClaim, options.RoleClaim); // one claim for each value of a list
        oidc.Events.OnTicketReceived = received => TakeInAsync(received, options);
        oidc.Events.OnRemoteFailure = failed =>
        {
            Log(failed.HttpContext).LogWarning("A sign-in through {Authority} failed: {Error}", options.Authority, failed.Failure?.Message);
            failed.HandleResponse();
            failed.Response.Redirect($"{failed.Request.PathBase}/sign-in?failed=oidc");
            return Task.CompletedTask;
        };
    });

    private static async Task TakeInAsync(TicketReceivedContext received, OidcOptions options)
    {
        var context = received.HttpContext;
        var person = received.Principal!;
        var subject = person.FindFirst("sub");
        var name = person.FindFirstValue(options.NameClaim) ?? "";
        try
        {
            if (subject is null) throw new FlowCommandException(Refusal.Invalid, "The provider does not say who it is (claim 'sub').");
            if (options.RoleOf(person) is not { } role)
                throw new FlowCommandException(Refusal.Invalid, $"'{name}' has no role here: no value of the claim '{options.RoleClaim}' stands for one.");
            var access = context.RequestServices.GetRequiredService<AccessCommands>();
            var user = await access.VouchedAsync($"{subject.Issuer} {subject.Value}", name, role, context.Address());
            var session = await access.SignInAsync(user, context.Address());
            received.Principal = Callers.Of(user, session);
            var lasts = SessionCookies.Properties(session.CreatedAt);
            var properties = received.Properties!;
            (properties.IsPersistent, properties.IssuedUtc, properties.ExpiresUtc) = (true, lasts.IssuedUtc, lasts.ExpiresUtc);
        }
        catch (FlowCommandException refused)
        {
            Log(context).LogWarning("A sign-in through {Authority} was refused: {Reason}", options.Authority, refused.Message);
            received.HandleResponse();
            await AccessPages.RefusedAsync(context, StatusCodes.Status403Forbidden, "You can't sign in", refused.Message);
        }
    }

    private static ILogger Log(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Wizart.Flow.Access");
}
