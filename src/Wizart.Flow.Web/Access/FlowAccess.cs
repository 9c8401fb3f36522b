using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Telemetry;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Access;

/// <summary>Who is let in: people by cookie, programs by token, each as far as the role goes.</summary>
public static class FlowAccess
{
    /// <summary>Chooses between token and cookie: who shows a token is asked for nothing else.</summary>
    private const string Scheme = "Flow";

    /// <summary>
    /// Adds what access needs beside <see cref="FlowEngine"/>, <see cref="IFlowStore"/>, <see cref="IFlowQueries"/> and
    /// <see cref="ApiTokens"/>, which the host adds.
    /// </summary>
    public static IServiceCollection AddFlowAccess(this IServiceCollection services, AccessOptions? options = null)
    {
        options ??= new AccessOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<IPasswordHashes, PasswordHashes>().AddSingleton<SignInThrottle>().AddSingleton<ServerNotices>();
        services.AddSingleton<IAccessReads>(provider => provider.GetRequiredService<IFlowStore>());
        services.AddSingleton(provider => new AccessCommands(
            provider.GetRequiredService<FlowEngine>().Coordinator, provider.GetRequiredService<IAccessReads>(),
            provider.GetRequiredService<IPasswordHashes>(), provider.GetRequiredService<TimeProvider>()));
        AddKeys(services, options);
        services.AddAntiforgery(FormTokens.Configure);
        AddSchemes(services, options);
        services.AddAuthorization(authorization =>
        {
            foreach (var role in Enum.GetValues<Role>())
                authorization.AddPolicy(RoleRules.PolicyOf(role), policy => policy.RequireAssertion(asked => asked.User.May(role)));
        });
        return services;
    }

    /// <summary>
    /// What stands before all endpoints: the path base and proxies, headers, routing, who asks, what the endpoint needs, antiforgery.
    /// Endpoints are mapped after it.
    /// </summary>
    public static void UseFlowAccess(this IApplicationBuilder app)
    {
        ProxyRules.Use(app, app.ApplicationServices.GetRequiredService<AccessOptions>());
        app.Use(SecurityHeaders.AddAsync);
        app.Use(ExplainAsync);
        app.Use(MetricsEndpoint.Route);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(FormTokens.CheckAsync);
        app.UseAntiforgery();
    }

    /// <summary>
    /// Adds the pages to sign in and out, and those of users, tokens, the own account and the audit log; they need what
    /// <see cref="Ui.FlowUi.AddFlowUi"/> adds.
    /// </summary>
    public static void MapFlowAccess(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("").AddEndpointFilter<RouteGroupBuilder, PageFilter>();
        SignInPages.Map(pages);
        LinkPages.Map(pages);
        AccountPages.Map(pages);
        UserPages.Map(pages);
        TokenPages.Map(pages);
        AuditPages.Map(pages);
    }

    private static void AddSchemes(IServiceCollection services, AccessOptions options)
    {
        services.AddTransient<ApiTokenHandler>();
        var authentication = services.AddAuthentication(Scheme);
        authentication.AddPolicyScheme(Scheme, null, choice => choice.ForwardDefaultSelector =
            context => ApiTokenHandler.IsShown(context) ? ApiTokenHandler.Scheme : SessionCookies.Scheme);
        services.Configure<AuthenticationOptions>(schemes => schemes.AddScheme<ApiTokenHandler>(ApiTokenHandler.Scheme, null));
        authentication.AddCookie(SessionCookies.Scheme, SessionCookies.Configure);
        if (options.Oidc.IsOn) OidcSignIn.AddTo(authentication, options.Oidc);
    }

    private static void AddKeys(IServiceCollection services, AccessOptions options)
    {
        var protection = services.AddDataProtection().SetApplicationName("Wizart.Flow");
        if (options.Keys is { } folder) protection.PersistKeysToFileSystem(KeyFolder.Open(folder));
        else services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeysInMemory());
    }

    /// <summary>A database that can't be read while it is looked up who asks.</summary>
    private static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (StoreException error) when (!context.Response.HasStarted)
        {
            await ApiProblem.Unavailable(error.Message).WriteAsync(context);
        }
    }
}
