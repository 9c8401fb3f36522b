using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Tasks that ask a person, and the answers.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/approvals", ListAsync);
        api.MapPost("/runs/{runId}/tasks/{taskId}/approval", DecideAsync).Needs(Role.Operator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page(100);
        query.Check();
        var dag = query.Text("dag") ?? "";
        var all = await queries.ApprovalsAsync(dag.Length == 0 ? null : dag, QueryReader.MaximumCount, context.RequestAborted);
        var found = page.Cut(
            context, all, a => $"{PageRequest.Key(a.Run.Id)}.{PageRequest.Key(a.Instance.TaskIndex)}.{PageRequest.Key(a.Instance.MapIndex + 1)}");
        var resources = new List<ApprovalResource>(found.Length);
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
        var body = await RequestBody.ReadAsync(context, "approved", "comment", "values", "mapIndex");
        var (answer, mapIndex) = Read(body);
        await engine.Approvals.DecideAsync(run.Id, task.Id, mapIndex, answer, context.Actor());
        return TypedResults.NoContent();
    }

    private static (Answer Answer, int MapIndex) Read(RequestBody body)
    {
        var approved = body.Given("approved")?.ValueKind;
        if (approved is not (JsonValueKind.True or JsonValueKind.False)) body.Wrong("approved must be given: true or false.");
        var comment = body.Text("comment", "comment must be a text.");
        var mapIndex = body.Has("mapIndex") ? body.Integer("mapIndex", "mapIndex must be a whole number.") : -1;
        return body.Checked((new Answer(approved == JsonValueKind.True, comment, body.Values("values")), mapIndex));
    }
}
