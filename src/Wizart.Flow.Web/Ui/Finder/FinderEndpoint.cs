using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Finder;

/// <summary>What the palette finds: DAGs, their tasks, runs by number, pages.</summary>
internal static class FinderEndpoint
{
    private const int Most = 12;

    public static void Map(RouteGroupBuilder ui) => ui.MapGet("/find", FindAsync);

    private static async Task<IResult> FindAsync(HttpContext context, FlowEngine engine, IFlowQueries queries, Viewer viewer, CancellationToken cancellation)
    {
        var text = context.Request.Query["text"].ToString().Trim();
        var found = new List<Found>();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await queries.RunAsync(id, cancellation) is { } run)
            found.Add(new Found($"Run {run.Id} of {run.DagId}", "run", $"runs/{run.Id}"));
        var dags = engine.Catalog.All.Where(d => d.IsActive).OrderBy(d => d.Id, StringComparer.OrdinalIgnoreCase).ToArray();
        found.AddRange(dags.Where(d => Fits(d.Id)).OrderBy(d => !d.Id.StartsWith(text, StringComparison.OrdinalIgnoreCase)).Take(Most)
            .Select(d => new Found(d.Id, "DAG", $"dags/{d.Id}")));
        found.AddRange(NavigationEntries.Groups.SelectMany(g => g).Where(e => viewer.May(e.Role) && Fits(e.Words)).Select(e => new Found(e.Words, "page", e.Path)));
        if (text.Length > 1)
            found.AddRange(dags.SelectMany(d => d.Version.Model.Tasks.Where(t => Fits(t.Id)).Select(t => new Found($"{d.Id} › {t.Id}", "task", $"dags/{d.Id}/tasks#{t.Id}"))).Take(Most));
        return TypedResults.Json([.. found.Take(Most)], UiJson.Default.FoundArray);

        bool Fits(string words) => words.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Something found.</summary>
internal sealed record Found(string Words, string Kind, string Path);
