using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;
using Wizart.Flow.Web.Ui.Runs;

namespace Wizart.Flow.Web.Ui.Actions;

/// <summary>Clearing, marking and noting: forms that show what they touch before they do it.</summary>
internal static class ReworkPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        foreach (var isMark in (bool[])[false, true])
        {
            var path = $"/runs/{{runId}}/{(isMark ? "mark" : "clear")}";
            ui.MapGet(path, (HttpContext context, string runId, RunBoard board, FlowEngine engine, IFlowQueries queries) =>
                ShowAsync(context, runId, isMark, board, engine, queries)).Needs(Role.Operator);
            ui.MapPost(path, (HttpContext context, string runId, RunBoard board, FlowEngine engine, IFlowQueries queries) =>
                DoAsync(context, runId, isMark, board, engine, queries)).Needs(Role.Operator);
            ui.MapPost(path + "/preview", (HttpContext context, string runId, RunBoard board, FlowEngine engine, IFlowQueries queries) =>
                PreviewAsync(context, runId, isMark, board, engine, queries)).Needs(Role.Operator);
        }

        ui.MapGet("/runs/{runId}/note", ShowNoteAsync).Needs(Role.Operator);
        ui.MapPost("/runs/{runId}/note", NoteAsync).Needs(Role.Operator);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string runId, bool isMark, RunBoard board, FlowEngine engine, IFlowQueries queries)
    {
        var head = await board.HeadAsync(runId, context.RequestAborted);
        var task = context.Request.Query["task"].ToString();
        var choice = new ReworkChoice(task, OnlyFailed: !isMark && task.Length == 0 && head.Run.State == RunState.Failed, false, Downstream: !isMark, false, false, false, "success", "");
        var (report, mistake) = await TryAsync(context, head, isMark, choice, dryRun: true, engine, queries);
        return Requests.Page<ReworkSheet>(new ReworkModel(head, isMark, choice, report, mistake, context.IsPartial()));
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, string runId, bool isMark, RunBoard board, FlowEngine engine, IFlowQueries queries)
    {
        var head = await board.HeadAsync(runId, context.RequestAborted);
        var (report, mistake) = await TryAsync(context, head, isMark, await ChoiceAsync(context), dryRun: true, engine, queries);
        return Requests.Panel<ReworkPreview>(("Report", report), ("Mistake", mistake));
    }

    private static async Task<IResult> DoAsync(HttpContext context, string runId, bool isMark, RunBoard board, FlowEngine engine, IFlowQueries queries)
    {
        var head = await board.HeadAsync(runId, context.RequestAborted);
        var choice = await ChoiceAsync(context);
        var (report, mistake) = await TryAsync(context, head, isMark, choice, dryRun: false, engine, queries);
        if (report is not null)
            return Requests.Done(context, $"{(isMark ? "Marked" : "Cleared")}: {report.Instances:N0} task {(report.Instances == 1 ? "instance" : "instances")} of {report.Runs} {(report.Runs == 1 ? "run" : "runs")}.", context.IsPartial() ? null : Links.Run(head.Run.Id));
        var page = Requests.Page<ReworkSheet>(new ReworkModel(head, isMark, choice, null, mistake, context.IsPartial()));
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private static async Task<(ReworkReport? Report, string? Mistake)> TryAsync(
        HttpContext context, RunHead head, bool isMark, ReworkChoice choice, bool dryRun, FlowEngine engine, IFlowQueries queries)
    {
        var request = new ReworkRequest(head.Run.DagId)
        {
            RunId = head.Run.Id,
            Past = choice.Past,
            Future = choice.Future,
            OnNewest = choice.OnNewest,
            DryRun = dryRun,
            Note = choice.Note.Length > 0 ? choice.Note : null,
            Selection = new InstanceSelection
            {
                Tasks = choice.Task.Length > 0 ? [ReworkReader.Pick(choice.Task)] : [],
                Upstream = choice.Upstream,
                Downstream = choice.Downstream,
                OnlyFailed = choice.OnlyFailed,
            },
        };
        try
        {
            var state = choice.As switch { "failed" => TaskState.Failed, "skipped" => TaskState.Skipped, _ => TaskState.Success };
            return (isMark
                ? await engine.Reworks.MarkAsync(request, state, goesOn: true, context.Actor(), queries)
                : await engine.Reworks.ClearAsync(request, context.Actor(), queries), null);
        }
        catch (FlowCommandException refused) when (refused.Refusal != Refusal.NotFound)
        {
            return (null, refused.Message);
        }
    }

    private static async Task<ReworkChoice> ChoiceAsync(HttpContext context)
    {
        var form = await context.FormAsync();
        return new ReworkChoice(
            form.Field("task"), Is("onlyFailed"), Is("upstream"), Is("downstream"), Is("past"), Is("future"), Is("onNewest"), form.Field("as"), form.Field("note"));

        bool Is(string name) => form.Field(name) == "true";
    }

    private static async Task<IResult> ShowNoteAsync(HttpContext context, string runId, RunViews runs, IFlowQueries queries)
    {
        var run = await runs.FindAsync(runId, context.RequestAborted);
        var task = context.Request.Query["task"].ToString();
        var pick = task.Length > 0 ? ReworkReader.Pick(task) : (TaskPick?)null;
        var note = (await queries.NotesAsync(run.Id, context.RequestAborted)).FirstOrDefault(n => n.TaskId == pick?.TaskId && n.MapIndex == (pick?.MapIndex ?? -1));
        return Note(context, run, task, note?.Text ?? "", null);
    }

    private static async Task<IResult> NoteAsync(HttpContext context, string runId, RunViews runs, FlowEngine engine)
    {
        var run = await runs.FindAsync(runId, context.RequestAborted);
        var form = await context.FormAsync();
        var (task, text) = (form.Field("task"), form.Field("text").ReplaceLineEndings("\n"));
        try
        {
            await engine.Reworks.NoteAsync(run.DagId, run.Id, task.Length > 0 ? ReworkReader.Pick(task) : null, text, context.Actor());
            return Requests.Done(context, text.Length > 0 ? "The note is kept." : "The note is gone.", Back(run, task));
        }
        catch (FlowCommandException refused) when (refused.Refusal != Refusal.NotFound)
        {
            var page = Note(context, run, task, text, refused.Message);
            page.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return page;
        }
    }

    private static string Back(DagRun run, string task) =>
        task.Length == 0 ? Links.Run(run.Id) : ReworkReader.Pick(task) is var pick ? Links.Task(run.Id, pick.TaskId, pick.MapIndex) : "";

    private static RazorComponentResult Note(HttpContext context, DagRun run, string task, string text, string? mistake) =>
        Requests.Panel<NoteSheet>(("Run", run), ("Task", task), ("Text", text), ("Mistake", mistake), ("Alone", context.IsPartial()));
}
