using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Ui.Handbook;

/// <summary>The handbook.</summary>
internal static class HandbookEndpoints
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/handbook", (HttpContext context, HandbookPages pages) => Show(context, HandbookPages.Index, pages));
        ui.MapGet("/handbook/{page}", Show);
    }

    private static IResult Show(HttpContext context, string page, HandbookPages pages)
    {
        var found = pages.Find(page)
            ?? throw ApiProblem.NotFound($"The handbook has no page '{page}'.{Nearest.Hint(page, pages.Names)} All its pages: handbook.");
        var text = context.Request.Query["text"].ToString().Trim();
        return FormRequests.Show<HandbookPanel, HandbookShell>(context, new HandbookModel(found, [.. pages.All], text, pages.Search(text)));
    }
}
