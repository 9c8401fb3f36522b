using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Connections: setting them up and trying them. Secrets go in and never come out.</summary>
internal static class ConnectionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/connection-types", Types).Needs(Role.Viewer);
        api.MapGet("/connections", ListAsync).Needs(Role.Viewer);
        api.MapGet("/connections/{id}", GetAsync).Needs(Role.Viewer);
        api.MapPut("/connections/{id}", PutAsync).Needs(Role.Author);
        api.MapDelete("/connections/{id}", DeleteAsync).Needs(Role.Author);
        api.MapPost("/connections/{id}/test", TryAsync).Needs(Role.Author);
    }

    private static IResult Types(ConnectionCommands connections) =>
        TypedResults.Json([.. connections.Kinds.Select(ConnectionTypeResource.Of)], ApiJson.Default.ConnectionTypeResourceArray);

    private static async Task<IResult> ListAsync(HttpContext context, ConnectionCommands connections)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var all = page.Cut(context, await connections.AllAsync(context.RequestAborted), c => c.Id);
        return TypedResults.Json([.. all.Select(c => Resource(c, connections))], ApiJson.Default.ConnectionResourceArray);
    }

    private static async Task<IResult> GetAsync(string id, ConnectionCommands connections, CancellationToken cancellation) =>
        TypedResults.Json(Resource(await connections.FindAsync(id, cancellation), connections), ApiJson.Default.ConnectionResource);

    private static async Task<IResult> PutAsync(HttpContext context, string id, ConnectionCommands connections)
    {
        var body = await RequestBody.ReadAsync(context, "type", "values", "description");
        var draft = body.Checked(Read(body));
        var (connection, isNew) = await connections.SetAsync(id, draft, context.Actor(), Expected(context, connections));
        if (isNew) context.Response.Headers.Location = $"{FlowApi.Root}/connections/{Uri.EscapeDataString(id)}";
        return TypedResults.Json(
            Resource(connection, connections), ApiJson.Default.ConnectionResource, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string id, ConnectionCommands connections)
    {
        await connections.RemoveAsync(id, context.Actor(), Expected(context, connections));
        return TypedResults.NoContent();
    }

    /// <summary>Without a body it is tried as it is stored; with one, as it would be stored.</summary>
    private static async Task<IResult> TryAsync(HttpContext context, string id, ConnectionCommands connections)
    {
        var body = await RequestBody.ReadAsync(context, "type", "values", "description");
        var draft = body.Checked(body.Has("type") || body.Has("values") ? Read(body) : null);
        var trial = await connections.TryAsync(id, draft, context.RequestAborted);
        return TypedResults.Json(
            new ConnectionTrialResource(trial.IsFine, trial.Message, Math.Round(trial.Took.TotalSeconds, 3)), ApiJson.Default.ConnectionTrialResource);
    }

    private static ConnectionDraft Read(RequestBody body)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in body.Properties("values"))
        {
            if (Text(property.Value) is { } text) values[property.Name] = text;
            else body.Wrong($"{property.Name} must be a text, a number, true, false or null.");
        }

        return new ConnectionDraft(body.Text("type"), values) { Description = body.Text("description") };
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        _ => null,
    };

    private static Func<KnownConnection?, bool> Expected(HttpContext context, ConnectionCommands connections)
    {
        var precondition = Precondition.Read(context);
        return known => precondition.Holds(known is null ? null : Resource(known, connections), ApiJson.Default.ConnectionResource);
    }

    private static ConnectionResource Resource(KnownConnection known, ConnectionCommands connections) =>
        ConnectionResource.Of(known, connections.KindOf(known.Type));
}
