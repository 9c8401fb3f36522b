using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>The OpenAPI document, made when it is first asked for, and the page that shows it.</summary>
internal static class ApiReference
{
    /// <summary>Where the page is.</summary>
    public const string Page = "/api";

    private const string Document = "v1";
    private const string Path = "/openapi.json";

    public static void AddApiReference(this IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.Converters.Add(new SnakeCaseEnums());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = api => api.ActionDescriptor.EndpointMetadata.OfType<EndpointWords>().Any();
            options.AddDocumentTransformer(OpenApiWords.Document);
            options.AddOperationTransformer(OpenApiWords.Operation);
        });
    }

    public static void MapDocument(RouteGroupBuilder api) =>
        api.MapGet(Path, async (HttpContext context, ApiDocument document) => await document.AnswerAsync(context)).Needs(Role.Viewer);

    /// <summary>The page: all of it comes from this daemon, and its rules let nothing else in.</summary>
    public static void MapPage(IEndpointRouteBuilder endpoints) =>
        endpoints.MapScalarApiReference(Page, (options, context) =>
        {
            var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            // It makes its styles where it runs; scripts need the nonce.
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            options.WithTitle("Wizart.Flow: the API").WithNonce(nonce)
                .WithOpenApiRoutePattern($"{FlowApi.Root}{Path}").AddDocument(Document, routePattern: $"{FlowApi.Root}{Path}")
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().AddPreferredSecuritySchemes(OpenApiWords.Bearer);
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never; // they lead elsewhere
        }).Needs(Role.Viewer);
}
