using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>Lists of runs: what may be asked of them.</summary>
internal static class RunListing
{
    /// <summary>The filter of a query; of one DAG, or those that <c>dag</c> names.</summary>
    /// <exception cref="ApiProblem">Something is wrong with it.</exception>
    public static RunFilter Read(HttpContext context, string? dagId)
    {
        var query = new QueryReader(context.Request.Query);
        var filter = new RunFilter(dagId, null, null, query.Count(50), query.Time("from"), query.Time("to"))
        {
            BeforeId = query.Parsed<long>("before", text => RunPath.Id(text), "the id of a run"),
            States = query.Words<RunState>("state"),
            Kinds = query.Words<RunKind>("kind"),
            DagIds = dagId is null ? [.. query.Texts("dag").Take(100)] : [],
            StartedSince = query.Time("startedSince"),
            CreatedBy = query.Text("createdBy"),
            Order = query.Word<RunOrder>("order") ?? RunOrder.Newest,
            After = After(query),
        };
        query.Check();
        return filter;
    }

    /// <summary>Says where the next page is, when there may be one.</summary>
    public static void Next(HttpContext context, RunFilter filter, IReadOnlyList<DagRun> page)
    {
        if (page.Count < filter.Count) return;
        var last = page[^1];
        PageRequest.Next(context, string.Create(CultureInfo.InvariantCulture, $"{last.LogicalDate.UtcTicks}.{last.Id}"));
    }

    private static RunCursor? After(QueryReader query)
    {
        if (query.Key() is not { } key) return null;
        if (key.Split('.') is [var date, var run]
            && long.TryParse(date, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && RunPath.Id(run) is { } id)
            return new RunCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        query.Wrong("cursor is not from the Link of an earlier answer of this list.");
        return null;
    }
}
