using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Wizart.Flow.Web;

/// <summary>Lets in who shows a token: <c>Authorization: Bearer …</c>. Where the caller sits does not matter, loopback included.</summary>
internal sealed class ApiTokenHandler(ApiTokens tokens) : IAuthenticationHandler
{
    /// <summary>The name of the scheme, and of the policy that asks for it.</summary>
    public const string Scheme = "FlowApiToken";

    private const string Prefix = "Bearer ";
    private HttpContext _context = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        var header = _context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return Task.FromResult(AuthenticateResult.NoResult());
        if (tokens.HolderOf(header[Prefix.Length..].Trim()) is not { } holder)
            return Task.FromResult(AuthenticateResult.Fail("The token is not known."));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, holder), new Claim(ClaimTypes.Role, nameof(Engine.Access.Role.Admin))], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        _context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        var detail = _context.Request.Headers.Authorization.Count == 0
            ? "Send the daemon's token: 'Authorization: Bearer …'. It stands in daemon.json in the daemon's state folder."
            : "The token is not known to this daemon. It may be an older one: read daemon.json in the daemon's state folder again.";
        return ApiProblem.Unauthorized(detail).WriteAsync(_context);
    }

    public Task ForbidAsync(AuthenticationProperties? properties) =>
        ApiProblem.Forbidden("This token may not do that.").WriteAsync(_context);
}
