using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Home;

/// <summary>The first page.</summary>
internal static class HomePages
{
    public static void Map(RouteGroupBuilder ui) => ui.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, HomeOverview overview, CancellationToken cancellation)
    {
        var hours = context.Request.Query["hours"].ToString() switch { "1" => 1, "24" => 24, "72" => 72, _ => 6 };
        var model = await overview.LoadAsync(TimeSpan.FromHours(hours), cancellation);
        return context.IsPartial() ? Requests.Page<HomePanels>(model) : Requests.Page<HomePage>(model);
    }
}
