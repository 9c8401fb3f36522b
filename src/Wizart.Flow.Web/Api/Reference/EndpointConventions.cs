using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Wizart.Flow.Web;

/// <summary>Puts what the reference says to the endpoints it is about.</summary>
internal static class EndpointConventions
{
    /// <summary>To all endpoints of the group; those that nothing is said of stay out of the document.</summary>
    public static void Describe(this RouteGroupBuilder api) => ((IEndpointConventionBuilder)api).Finally(static builder =>
    {
        if (builder is not RouteEndpointBuilder { RoutePattern.RawText: { } text } route) return;
        var method = route.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods;
        if (method is not [var only] || !text.StartsWith(FlowApi.Root, StringComparison.Ordinal)) return;
        if (ApiWords.Find(only, text[FlowApi.Root.Length..]) is not { } words) return;
        route.Metadata.Add(words);
        route.Metadata.Add(new EndpointNameMetadata(words.Name));
        route.Metadata.Add(new EndpointSummaryAttribute(words.Summary));
        route.Metadata.Add(new TagsAttribute(words.Tag));
        Add(route, words.Status, words.Gives, words.MediaType);
        if (words.Or is { } other) Add(route, other.Status, other.Type, other.MediaType);
        if (words.Takes is { } body) route.Metadata.Add(new TakesBody(body, words.IsBodyOptional));
    });

    private static void Add(RouteEndpointBuilder route, int status, Type? type, string mediaType) =>
        route.Metadata.Add(new ProducesResponseTypeMetadata(status, type ?? typeof(void), type is null ? null : [mediaType]));

    /// <summary>A body as the reference knows it. It names no content type: routing would refuse bodies that are sent without.</summary>
    private sealed class TakesBody(Type type, bool isOptional) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => [];

        public Type? RequestType => type;

        public bool IsOptional => isOptional;
    }
}
