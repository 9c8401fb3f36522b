using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web.Ui.Layout;
using Wizart.Flow.Web.Ui.Marks;

namespace Wizart.Flow.Web.Ui.Grid;

/// <summary>The grid of a DAG, and single columns of it as runs go on.</summary>
internal static class GridPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/dags/{dagId}/grid", ShowAsync);
        ui.MapGet("/dags/{dagId}/grid/{runId:long}", ColumnAsync);
    }

    /// <summary>Reads a query from a URL; what makes no sense there is left out.</summary>
    public static GridQuery Read(IQueryCollection query) => new(
        query["count"].ToString() switch { "50" => 50, "100" => 100, "10" => 10, _ => 25 },
        SnakeCaseEnums.Read<RunKind>(query["kind"].ToString()),
        SnakeCaseEnums.Read<RunState>(query["state"].ToString()),
        RunPath.Id(query["before"].ToString()));

    private static async Task<IResult> ShowAsync(HttpContext context, string dagId, GridBoard board, CancellationToken cancellation)
    {
        var model = await board.LoadAsync(dagId, Read(context.Request.Query), cancellation);
        return context.IsPartial() ? Requests.Page<GridPanel>(model) : Requests.Page<GridPage>(model);
    }

    private static async Task<IResult> ColumnAsync(string dagId, long runId, GridBoard board, CancellationToken cancellation)
    {
        var (run, column) = await board.ColumnAsync(dagId, runId, cancellation);
        return TypedResults.Json(
            new GridColumnUpdate(
                StateLook.Class(run.State), StateLook.Words(run.State), [.. column.Cells.Select(c => c is { } state ? StateLook.Class(state) : "")], column.Counts),
            UiJson.Default.GridColumnUpdate);
    }
}

/// <summary>A column as it is now.</summary>
internal sealed record GridColumnUpdate(string State, string Words, string[] Cells, int?[]? Counts);
