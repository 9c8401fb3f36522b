using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Lets in who shows a token: <c>Authorization: Bearer …</c>. Where the caller sits does not matter, loopback included.</summary>
internal sealed class ApiTokenHandler(ApiTokens tokens, AccessCommands access) : IAuthenticationHandler
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "FlowApiToken";

    private const string Prefix = "Bearer ";
    private HttpContext _context = null!;

    /// <summary>Whether a request shows a token, be it one that opens nothing.</summary>
    public static bool IsShown(HttpContext context) => context.Request.Headers.Authorization.Count > 0;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        var header = _context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var secret = header[Prefix.Length..].Trim();
        if (tokens.Find(secret) is { } token) return In(Callers.Of(token));
        return await access.CheckTokenAsync(secret, _context.RequestAborted) is { } stored
            ? In(Callers.Of(stored))
            : AuthenticateResult.Fail("The token is not known.");
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        _context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return ApiProblem.Unauthorized(
            "The token is not known to this daemon: it was revoked, is over, or is the daemon.json token of an earlier start. "
            + "Read daemon.json in the daemon's state folder again, or make a token with 'flow token create'.").WriteAsync(_context);
    }

    public Task ForbidAsync(AuthenticationProperties? properties) => Refusals.ForbidAsync(_context);

    private static AuthenticateResult In(System.Security.Claims.ClaimsPrincipal caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme));
}
