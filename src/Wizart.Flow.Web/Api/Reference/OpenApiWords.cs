using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Wizart.Flow.Web;

/// <summary>Makes of what is said of an endpoint what stands in the OpenAPI document.</summary>
internal static class OpenApiWords
{
    public const string Bearer = "token";

    private static readonly Dictionary<string, string> PathWords = new(StringComparer.Ordinal)
    {
        ["dagId"] = "The DAG's id.",
        ["runId"] = "The run's number.",
        ["taskId"] = "The task's id.",
        ["number"] = "The version's number, or 'active'.",
        ["hash"] = "SHA-256 of the content, in hex.",
        ["name"] = "The name.",
        ["file"] = "The script, relative to the pipelines folder.",
        ["id"] = "The id.",
    };

    private static readonly Dictionary<int, string> ProblemWords = new()
    {
        [400] = "The request makes no sense; one entry in errors per mistake.",
        [401] = "Not signed in.",
        [403] = "Not allowed.",
        [404] = "Not found.",
        [409] = "Does not fit the present state.",
        [412] = "Changed meanwhile.",
        [413] = "The request is too large.",
        [422] = "The key belongs to another request.",
        [503] = "The database can't be used, or the daemon is starting; try again after Retry-After.",
    };

    /// <summary>What stands above all endpoints.</summary>
    public static Task Document(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Wizart.Flow",
            Version = "v1",
            Description = "Everything that the command line and the pages show and do. Errors are problem details (RFC 9457) with a code; lists are cut with count and cursor; what is read has an ETag.",
        };
        document.Servers = [];
        document.Tags = ApiWords.All.Select(w => w.Tag).Distinct().Select(tag => new OpenApiTag { Name = tag }).ToHashSet();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The daemon's token, or one of your own: Authorization: Bearer …",
        };
        return Task.CompletedTask;
    }

    /// <summary>What stands beside one endpoint.</summary>
    public static async Task Operation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<EndpointWords>().LastOrDefault() is not { } words) return;
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            if (parameter.Name is { } name) parameter.Description = PathWords.GetValueOrDefault(name);
        foreach (var ask in words.Asks) operation.Parameters.Add(Parameter(ask));

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemResource), null, cancellation);
        context.Document?.AddComponent(nameof(ProblemResource), problem);
        operation.Responses ??= [];
        foreach (var status in ProblemsOf(words)) operation.Responses[Text(status)] = Problem(status, context.Document);
        foreach (var (status, response) in operation.Responses)
            if (response is OpenApiResponse { Description: null or "" } plain) plain.Description = status;
        if (words.Method is "GET") operation.Responses["304"] = new OpenApiResponse { Description = "The same as the ETag in If-None-Match." };

        if (words.IsOpen) return;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        if (metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } policy)
            operation.Description = $"For the role {policy["Flow".Length..].ToLowerInvariant()} and those above it.";
    }

    private static IEnumerable<int> ProblemsOf(EndpointWords words)
    {
        var problems = new SortedSet<int>(words.Problems) { 503 };
        if (!words.IsOpen) problems.UnionWith([401, 403]);
        if (words.Path.Contains('{', StringComparison.Ordinal)) problems.Add(404);
        if (words.Asks.Count > 0 || words.Takes is not null) problems.Add(400);
        if (words.Takes is not null) problems.Add(413);
        if (words.Method is not "GET") problems.Add(409);
        return problems;
    }

    private static OpenApiResponse Problem(int status, OpenApiDocument? document) => new()
    {
        Description = ProblemWords[status],
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemResource), document) },
        },
    };

    private static OpenApiParameter Parameter(QueryWord ask)
    {
        var schema = new OpenApiSchema
        {
            Type = ask.Type switch
            {
                QueryType.Number => JsonSchemaType.Integer,
                QueryType.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = ask.Type == QueryType.Time ? "date-time" : null,
            Enum = ask.Choices.Count == 0 ? null : [.. ask.Choices.Select(choice => (JsonNode)choice)],
        };
        var parameter = new OpenApiParameter
        {
            Name = ask.Name,
            In = ask.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
            Description = ask.Text,
            Schema = ask.Many ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
        };
        if (ask.Many) parameter.Explode = true;
        return parameter;
    }

    private static string Text(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
