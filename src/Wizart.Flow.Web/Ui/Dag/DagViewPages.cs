using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Ui.Calendar;
using Wizart.Flow.Web.Ui.Code;
using Wizart.Flow.Web.Ui.Layout;
using Wizart.Flow.Web.Ui.Runs;

namespace Wizart.Flow.Web.Ui.Dag;

/// <summary>The views of a DAG that have no folder of their own.</summary>
internal static class DagViewPages
{
    private const int MostVersions = 200;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/dags/{dagId}", async (HttpContext context, string dagId, DagOverviews overviews, CancellationToken cancellation) =>
        {
            var model = await overviews.LoadAsync(dagId, cancellation);
            return (IResult)(context.IsPartial() ? Requests.Page<DagOverview>(model) : Requests.Page<DagOverviewPage>(model));
        });
        ui.MapGet("/dags/{dagId}/gantt", GanttAsync);
        ui.MapGet("/dags/{dagId}/calendar", CalendarAsync);
        ui.MapGet("/dags/{dagId}/tasks", async (HttpContext context, string dagId, DagTaskLists lists, CancellationToken cancellation) =>
            Requests.Page<DagTasksPage>(await lists.LoadAsync(dagId, context.Request.Query["task"].ToString(), cancellation)));
        ui.MapGet("/dags/{dagId}/details", async (string dagId, DagHeads heads, CancellationToken cancellation) =>
            Requests.Page<DagDetailsPage>(await heads.FindAsync(dagId, cancellation)));
        ui.MapGet("/dags/{dagId}/code", CodeAsync);
    }

    private static async Task<IResult> GanttAsync(HttpContext context, string dagId, DagHeads heads, RunBoard board, IFlowQueries queries, CancellationToken cancellation)
    {
        var head = await heads.FindAsync(dagId, cancellation);
        var runs = await queries.RunsAsync(new RunFilter(dagId, Count: 25), cancellation);
        var asked = RunPath.Id(context.Request.Query["run"].ToString()) ?? head.Last?.Id;
        var tasks = asked is { } id ? await board.TasksAsync(id.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellation) : null;
        if (tasks is not null && tasks.Head.Run.DagId != dagId) throw ApiProblem.NotFound($"DAG '{dagId}' has no run {asked}.");
        return Requests.Panel<DagGanttPage>(("Head", head), ("Runs", runs), ("Tasks", tasks));
    }

    private static async Task<IResult> CalendarAsync(HttpContext context, string dagId, Calendars calendars, CancellationToken cancellation)
    {
        var months = context.Request.Query["months"].ToString() switch { "6" => 6, "12" => 12, _ => 3 };
        var model = await calendars.LoadAsync(dagId, months, cancellation);
        return context.IsPartial() ? Requests.Page<CalendarPanel>(model) : Requests.Page<CalendarPage>(model);
    }

    private static async Task<IResult> CodeAsync(HttpContext context, string dagId, DagHeads heads, IFlowQueries queries, CancellationToken cancellation)
    {
        var head = await heads.FindAsync(dagId, cancellation);
        var asked = context.Request.Query["version"].ToString();
        var version = await VersionAsync(asked is "now" ? "" : asked) ?? head.Dag.Version;
        var other = await VersionAsync(context.Request.Query["with"].ToString());
        var broken = asked is "" or "now" && other is null && head.Errors is { Source.Length: > 0 } errors ? errors : null;
        return Requests.Page<CodePage>(new CodeModel(
            head, version, other, other is null ? [] : LineDiff.Of(other.Source, version.Source),
            await queries.VersionsAsync(dagId, null, MostVersions, cancellation), broken));

        async Task<DagVersion?> VersionAsync(string text)
        {
            if (text.Length == 0) return null;
            return int.TryParse(text, out var number) && await queries.VersionAsync(dagId, number, cancellation) is { } found
                ? found
                : throw ApiProblem.NotFound($"DAG '{dagId}' has no version {text}.");
        }
    }
}
