using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;
using Wizart.Flow.Web.Ui.Marks;

namespace Wizart.Flow.Web.Ui.Approvals;

/// <summary>Tasks that ask a person, and the answers.</summary>
internal static class ApprovalPages
{
    private const int Most = 500;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/approvals", ListAsync);
        ui.MapGet("/approvals/{runId:long}/{taskId}", ShowAsync);
        ui.MapPost("/approvals/{runId:long}/{taskId}", DecideAsync).Needs(Role.Operator);
    }

    /// <summary>The page of one question.</summary>
    public static string Path(long runId, string taskId, int element) =>
        string.Create(CultureInfo.InvariantCulture, $"approvals/{runId}/{Uri.EscapeDataString(taskId)}{(element < 0 ? "" : $"?element={element}")}");

    /// <summary>Each with the task that asks, the longest waiting first.</summary>
    public static async Task<IReadOnlyList<ApprovalRow>> RowsAsync(FlowEngine engine, IEnumerable<WaitingInstance> all)
    {
        var rows = new List<ApprovalRow>();
        foreach (var waiting in all.OrderBy(w => w.Instance.Wait?.Since))
        {
            var (version, _) = await engine.Runs.VersionAsync(waiting.Run.VersionId);
            rows.Add(new ApprovalRow(waiting, version.Model.Tasks[waiting.Instance.TaskIndex]));
        }

        return rows;
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine, IFlowQueries queries, CancellationToken cancellation)
    {
        var dag = context.Request.Query["dag"].ToString();
        var all = await queries.ApprovalsAsync(null, Most, cancellation);
        var rows = await RowsAsync(engine, all.Where(w => dag.Length == 0 || w.Run.DagId == dag));
        var dags = all.Select(w => w.Run.DagId).Distinct().Order(StringComparer.OrdinalIgnoreCase);
        return FormRequests.Show<ApprovalList, ApprovalsPage>(context, new ApprovalsModel(dag, rows, [.. dags]));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, long runId, string taskId, FlowEngine engine, IFlowStore store) =>
        FormRequests.Show<ApprovalForm, ApprovalPage>(context, await FindAsync(context, runId, taskId, engine, store));

    private static async Task<IResult> DecideAsync(HttpContext context, long runId, string taskId, FlowEngine engine, IFlowStore store, Viewer viewer)
    {
        var asked = await FindAsync(context, runId, taskId, engine, store);
        var form = await context.FormAsync();
        var answer = form.Field("answer");
        if (answer is not ("approve" or "refuse")) throw ApiProblem.Invalid("Say yes or no: the field answer is approve or refuse.");
        var filled = answer == "approve" ? FormValues.Read(asked.Form?.Fields ?? [], form, viewer.Zone) : FormValues.None;
        var comment = form.Field("comment");
        if (!filled.AreFine) return FormRequests.Refused<ApprovalForm, ApprovalPage>(context, asked with { Comment = comment, Filled = filled });

        await engine.Approvals.DecideAsync(
            runId, taskId, asked.Instance.MapIndex, new Answer(answer == "approve", comment.Length > 0 ? comment : null, filled.Values), context.Actor());
        return FormRequests.Changed(
            context, answer == "approve" ? $"{taskId} is approved, and goes on." : $"{taskId} is refused, and skipped.", "approvals");
    }

    private static async Task<ApprovalModel> FindAsync(HttpContext context, long runId, string taskId, FlowEngine engine, IFlowStore store)
    {
        var stored = await store.LoadRunAsync(runId, context.RequestAborted) ?? throw ApiProblem.NotFound($"There is no run {runId}.");
        var (version, _) = await engine.Runs.VersionAsync(stored.Run.VersionId);
        var tasks = version.Model.Tasks;
        var task = tasks.FirstOrDefault(t => t.Id == taskId)
            ?? throw ApiProblem.NotFound($"DAG '{version.DagId}' has no task '{taskId}'.{Nearest.Hint(taskId, tasks.Select(t => t.Id))}");
        var element = int.TryParse(context.Request.Query["element"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
        var instance = stored.Instances.FirstOrDefault(i => i.TaskIndex == task.Index && i.MapIndex == element);
        return instance is { State: TaskState.Deferred, Wait.Kind: WaitKind.Approval }
            ? new ApprovalModel(stored.Run, task, instance, "", FormValues.None)
            : throw new FlowCommandException(
                Refusal.Conflict,
                $"Task '{taskId}' of run {runId} does not wait for an answer (any more): it {(instance is null ? "has not come to it yet" : $"is {StateLook.Words(instance.State)}")}.");
    }
}
