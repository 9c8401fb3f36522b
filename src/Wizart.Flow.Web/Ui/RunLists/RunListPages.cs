using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Dag;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.RunLists;

/// <summary>Lists of runs, and what is done with several at once.</summary>
internal static class RunListPages
{
    private const int PageSize = 50;
    private const int MostAtOnce = 1_000;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/runs", (HttpContext context, IFlowQueries queries, DagHeads heads, Viewer viewer) => ListAsync(context, null, queries, heads, viewer));
        ui.MapGet("/dags/{dagId}/runs", (HttpContext context, string dagId, IFlowQueries queries, DagHeads heads, Viewer viewer) =>
            ListAsync(context, dagId, queries, heads, viewer));
        ui.MapPost("/runs/bulk/preview", (HttpContext context, FlowEngine engine, IFlowQueries queries) => PreviewAsync(context, engine, queries)).Needs(Role.Operator);
        ui.MapPost("/runs/bulk", (HttpContext context, FlowEngine engine, IFlowQueries queries) => BulkAsync(context, engine, queries)).Needs(Role.Operator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string? dagId, IFlowQueries queries, DagHeads heads, Viewer viewer)
    {
        var query = RunListQuery.Of(context.Request.Query, dagId);
        var head = dagId is null ? null : await heads.FindAsync(dagId, context.RequestAborted);
        var filter = query.Filter(head?.Dag.Version.Model.Zone ?? viewer.Zone, PageSize + 1, out var mistake);
        var found = mistake is null ? await queries.RunsAsync(filter, context.RequestAborted) : [];
        var model = new RunListModel(query, head, [.. found.Take(PageSize)], found.Count > PageSize ? found[PageSize - 1].Id : null, mistake);
        return context.IsPartial() ? Requests.Page<RunList>(model) : Requests.Page<RunListPage>(model);
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, FlowEngine engine, IFlowQueries queries)
    {
        var (action, runs) = await ReadAsync(context, queries);
        var lines = new List<BulkLine>(runs.Count);
        foreach (var run in runs) lines.Add(await TryAsync(action, run, dryRun: true, engine, queries, context));
        return Requests.Panel<BulkSheet>(("Action", action), ("Lines", lines));
    }

    private static async Task<IResult> BulkAsync(HttpContext context, FlowEngine engine, IFlowQueries queries)
    {
        var (action, runs) = await ReadAsync(context, queries);
        var (done, refused) = (0, new List<string>());
        foreach (var run in runs)
        {
            var line = await TryAsync(action, run, dryRun: false, engine, queries, context);
            if (line.Refusal is null) done++;
            else refused.Add(string.Create(CultureInfo.InvariantCulture, $"run {run.Id}: {line.Refusal}"));
        }

        var words = string.Create(CultureInfo.InvariantCulture, $"{BulkLine.Past(action)} {done} {(done == 1 ? "run" : "runs")}.");
        return Requests.Done(context, refused.Count == 0 ? words : $"{words} Left alone: {string.Join("; ", refused.Take(3))}{(refused.Count > 3 ? "; …" : "")}");
    }

    private static async Task<(string Action, IReadOnlyList<DagRun> Runs)> ReadAsync(HttpContext context, IFlowQueries queries)
    {
        var form = await context.FormAsync();
        var runs = new List<DagRun>();
        if (form.Field("fitting") is { Length: > 0 } fitting)
        {
            runs.AddRange(await FittingAsync(context, fitting, queries));
        }
        else
        {
            foreach (var id in form["run"].OfType<string>().Select(RunPath.Id).OfType<long>().Distinct().Take(MostAtOnce))
                if (await queries.RunAsync(id, context.RequestAborted) is { } run) runs.Add(run);
        }

        var action = form.Field("action");
        if (!BulkLine.Actions.Contains(action)) throw ApiProblem.Invalid("Choose what is to be done: cancel, clear, clear-failed, success or failed.");
        return runs.Count > 0 ? (action, runs) : throw ApiProblem.Invalid("Choose at least one run.");
    }

    // The list as it was looked at, all of its pages.
    private static async Task<IReadOnlyList<DagRun>> FittingAsync(HttpContext context, string fitting, IFlowQueries queries)
    {
        var (path, text) = fitting.Split('?', 2) is [var before, var after] ? (before, after) : (fitting, "");
        var dag = path.Split('/') is ["dags", var id, "runs"] ? id : null;
        var query = RunListQuery.Of(new QueryCollection(QueryHelpers.ParseQuery(text)), dag) with { Before = null };
        var zone = dag is null ? null : context.RequestServices.GetRequiredService<FlowEngine>().Catalog.Find(dag)?.Version.Model.Zone;
        var filter = query.Filter(zone ?? context.RequestServices.GetRequiredService<Viewer>().Zone, MostAtOnce, out var mistake);
        return mistake is null ? await queries.RunsAsync(filter, context.RequestAborted) : throw ApiProblem.Invalid(mistake);
    }

    private static async Task<BulkLine> TryAsync(string action, DagRun run, bool dryRun, FlowEngine engine, IFlowQueries queries, HttpContext context)
    {
        try
        {
            return new BulkLine(run, await DoAsync(action, run, dryRun, engine, queries, context), null);
        }
        catch (FlowCommandException refused)
        {
            return new BulkLine(run, 0, refused.Message);
        }
    }

    private static async Task<long> DoAsync(string action, DagRun run, bool dryRun, FlowEngine engine, IFlowQueries queries, HttpContext context)
    {
        if (action == "cancel")
        {
            if (run.State.IsFinal()) throw new FlowCommandException(Refusal.Conflict, "It is over already.");
            if (!dryRun) await engine.Commands.CancelAsync(run.Id, context.Actor());
            return 1;
        }

        var request = new ReworkRequest(run.DagId) { RunId = run.Id, DryRun = dryRun, Selection = new InstanceSelection { OnlyFailed = action == "clear-failed" } };
        var report = action is "clear" or "clear-failed"
            ? await engine.Reworks.ClearAsync(request, context.Actor(), queries)
            : await engine.Reworks.MarkAsync(request, action == "success" ? TaskState.Success : TaskState.Failed, goesOn: true, context.Actor(), queries);
        return report.Instances;
    }
}
