using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Runs;

/// <summary>The pages of one run, and what is done with it.</summary>
internal static class RunPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/runs/{runId}", ShowAsync);
        ui.MapGet("/runs/{runId}/head", async (string runId, RunBoard board, CancellationToken cancellation) => HeadOf(await board.HeadAsync(runId, cancellation)));
        ui.MapGet("/runs/{runId}/kept", async (string runId, RunBoard board, CancellationToken cancellation) =>
            Requests.Page<RunKeptPage>(await board.KeptAsync(runId, cancellation)));
        ui.MapGet("/runs/{runId}/code", async (string runId, RunBoard board, CancellationToken cancellation) =>
            Requests.Page<RunCodePage>(await board.HeadAsync(runId, cancellation)));
        ui.MapGet("/runs/{runId}/details", async (string runId, RunBoard board, CancellationToken cancellation) =>
            Requests.Page<RunDetailsPage>(await board.HeadAsync(runId, cancellation)));
        ui.MapPost("/runs/{runId}/cancel", CancelAsync).Needs(Role.Operator);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string runId, RunBoard board, CancellationToken cancellation)
    {
        var model = await board.TasksAsync(runId, cancellation);
        return context.IsPartial() ? Requests.Page<RunTasks>(model) : Requests.Page<RunTasksPage>(model);
    }

    private static IResult HeadOf(RunHead head) => Requests.Panel<RunHeadPanel>(("Head", head));

    private static async Task<IResult> CancelAsync(HttpContext context, string runId, RunViews runs, FlowEngine engine)
    {
        var run = await runs.FindAsync(runId, context.RequestAborted);
        await engine.Commands.CancelAsync(run.Id, context.Actor());
        return Requests.Done(context, $"Run {run.Id} is being cancelled.");
    }
}
