using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Handbook;

namespace Wizart.Flow.Web.Ui.Errors;

/// <summary>Scripts that could not be taken, and why.</summary>
internal static class ErrorPages
{
    public static void Map(RouteGroupBuilder ui) => ui.MapGet("/errors", ListAsync);

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine, IFlowQueries queries, HandbookPages handbook, CancellationToken cancellation)
    {
        var text = context.Request.Query["text"].ToString().Trim();
        var errors = await queries.ImportErrorsAsync(cancellation);
        var dags = engine.Catalog.All.Where(d => d.IsActive).ToLookup(d => d.File, StringComparer.Ordinal);
        var files = errors.Where(e => Fits(e, text)).OrderByDescending(e => e.At).ThenBy(e => e.File, StringComparer.Ordinal)
            .Select(e => new BrokenFile(e, [.. dags[e.File]], [.. e.Diagnostics.Select(d => MistakeOf(e, d, handbook))]));
        var healthy = dags.Count(file => errors.All(e => e.File != file.Key));
        return FormRequests.Show<ErrorList, ErrorsPage>(context, new ErrorsModel(text, [.. files], errors.Count, healthy));
    }

    private static bool Fits(ImportError error, string text) =>
        text.Length == 0 || error.File.Contains(text, StringComparison.OrdinalIgnoreCase)
        || error.Diagnostics.Any(d => d.ToString().Contains(text, StringComparison.OrdinalIgnoreCase));

    private static Mistake MistakeOf(ImportError error, Diagnostic diagnostic, HandbookPages handbook) => new(
        diagnostic,
        handbook.Heading("errors", diagnostic.Code) is { } heading ? $"handbook/errors#{heading}" : null,
        diagnostic.Location is { } place && place.File == error.File ? SourceExcerpt.Of(error.Source, place) : []);
}
