using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>Tasks that ask a person, and the answers.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/approvals", ListAsync);
        api.MapPost("/runs/{runId}/tasks/{taskId}/approval", DecideAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var count = query.Count(100);
        query.Check();
        var dag = context.Request.Query["dag"].ToString();
        var found = await queries.ApprovalsAsync(dag.Length == 0 ? null : dag, count, context.RequestAborted);
        var resources = new List<ApprovalResource>(found.Count);
        foreach (var waiting in found)
        {
            var (version, _) = await engine.Runs.VersionAsync(waiting.Run.VersionId);
            resources.Add(ApprovalResource.Of(waiting, version.Model.Tasks[waiting.Instance.TaskIndex]));
        }

        return TypedResults.Json([.. resources], ApiJson.Default.ApprovalResourceArray);
    }

    private static async Task<IResult> DecideAsync(HttpContext context, string runId, string taskId, FlowEngine engine, RunViews runs)
    {
        var (run, task) = await runs.FindTaskAsync(runId, taskId, context.RequestAborted);
        var body = await BodyReader.ReadAsync(context, "approved", "comment", "values", "mapIndex");
        var (answer, mapIndex) = Read(body);
        await engine.Approvals.DecideAsync(run.Id, task.Id, mapIndex, answer, context.Actor());
        return TypedResults.NoContent();
    }

    private static (Answer Answer, int MapIndex) Read(Dictionary<string, JsonElement> body)
    {
        var mistakes = new List<string>();
        var approved = body.GetValueOrDefault("approved");
        if (approved.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) mistakes.Add("approved must be given: true or false.");
        string? comment = null;
        if (body.TryGetValue("comment", out var said) && said.ValueKind != JsonValueKind.Null)
        {
            if (said.ValueKind == JsonValueKind.String) comment = said.GetString();
            else mistakes.Add("comment must be a text.");
        }

        var mapIndex = -1;
        if (body.TryGetValue("mapIndex", out var index) && !(index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out mapIndex)))
            mistakes.Add("mapIndex must be a whole number.");
        var values = new Dictionary<string, JsonElement>();
        if (body.TryGetValue("values", out var given) && given.ValueKind != JsonValueKind.Null)
        {
            if (given.ValueKind != JsonValueKind.Object) mistakes.Add("values must be a JSON object: {\"name\": value}.");
            else foreach (var property in given.EnumerateObject()) values[property.Name] = property.Value;
        }

        return mistakes.Count == 0
            ? (new Answer(approved.ValueKind == JsonValueKind.True, comment, values), mapIndex)
            : throw ApiProblem.Invalid(mistakes);
    }
}
