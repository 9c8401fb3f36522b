using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Stored variables.</summary>
internal static partial class VariableEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/variables", ListAsync);
        api.MapGet("/variables/{name}", GetAsync);
        api.MapPut("/variables/{name}", PutAsync).Needs(Role.Author);
        api.MapDelete("/variables/{name}", DeleteAsync).Needs(Role.Author);
    }

    private static async Task<IResult> GetAsync(string name, IFlowStore store, CancellationToken cancellation)
    {
        var found = await store.LoadVariablesAsync([name], cancellation);
        return found.TryGetValue(name, out var value)
            ? TypedResults.Json(new VariableResource(name, value), ApiJson.Default.VariableResource)
            : throw Unknown(name);
    }

    private static async Task<IResult> PutAsync(HttpContext context, string name, FlowEngine engine, IFlowStore store)
    {
        if (!Name().IsMatch(name))
            throw ApiProblem.Invalid($"'{name}' can't be the name of a variable: use 1 to 200 letters, digits, '_', '-' and '.'.");
        var body = await BodyReader.ReadAsync(context, "value");
        if (!body.TryGetValue("value", out var value)) throw ApiProblem.Invalid("Give the value: {\"value\": …}.");
        await engine.Commands.SetVariableAsync(name, value, context.Actor(), Expected(context, name));
        return await GetAsync(name, store, context.RequestAborted);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string name, FlowEngine engine, IFlowStore store)
    {
        if ((await store.LoadVariablesAsync([name], context.RequestAborted)).Count == 0) throw Unknown(name);
        await engine.Commands.SetVariableAsync(name, null, context.Actor(), Expected(context, name));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListAsync(HttpContext context, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page(100);
        query.Check();
        var variables = await queries.VariablesAsync(page.After, page.Count!.Value, context.RequestAborted);
        if (variables.Count == page.Count) PageRequest.Next(context, variables[^1].Name);
        return TypedResults.Json([.. variables.Select(v => new VariableResource(v.Name, v.Value))], ApiJson.Default.VariableResourceArray);
    }

    private static Func<JsonPayload?, bool> Expected(HttpContext context, string name)
    {
        var precondition = Precondition.Read(context);
        return value => precondition.Holds(value is { } known ? new VariableResource(name, known) : null, ApiJson.Default.VariableResource);
    }

    private static ApiProblem Unknown(string name) => ApiProblem.NotFound($"There is no variable '{name}'.");

    [GeneratedRegex(@"^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.\-]{0,199}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
