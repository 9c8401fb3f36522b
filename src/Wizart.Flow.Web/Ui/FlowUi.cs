using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Actions;
using Wizart.Flow.Web.Ui.Approvals;
using Wizart.Flow.Web.Ui.Artifacts;
using Wizart.Flow.Web.Ui.Assets;
using Wizart.Flow.Web.Ui.Backfills;
using Wizart.Flow.Web.Ui.Calendar;
using Wizart.Flow.Web.Ui.Connections;
using Wizart.Flow.Web.Ui.Dag;
using Wizart.Flow.Web.Ui.Dags;
using Wizart.Flow.Web.Ui.Errors;
using Wizart.Flow.Web.Ui.Finder;
using Wizart.Flow.Web.Ui.Graph;
using Wizart.Flow.Web.Ui.Grid;
using Wizart.Flow.Web.Ui.Handbook;
using Wizart.Flow.Web.Ui.Home;
using Wizart.Flow.Web.Ui.Layout;
using Wizart.Flow.Web.Ui.Live;
using Wizart.Flow.Web.Ui.Metrics;
using Wizart.Flow.Web.Ui.Pools;
using Wizart.Flow.Web.Ui.RunLists;
using Wizart.Flow.Web.Ui.Runs;
using Wizart.Flow.Web.Ui.Static;
using Wizart.Flow.Web.Ui.Tasks;
using Wizart.Flow.Web.Ui.Variables;

namespace Wizart.Flow.Web.Ui;

/// <summary>The pages: rendered on the server, every view a URL, kept true by events.</summary>
public static class FlowUi
{
    /// <summary>Adds what the pages need beside what <see cref="FlowApi.AddFlowApi"/> adds.</summary>
    public static IServiceCollection AddFlowUi(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddAntiforgery();
        services.AddResponseCompression(o => o.MimeTypes = ["text/html", "application/json", "text/plain", "image/svg+xml"]);

        // The fastest makes lists larger than gzip does.
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.AddSingleton<StaticFiles>().AddScoped<Viewer>();
        services.AddSingleton<DagLists>().AddSingleton<HomeOverview>().AddSingleton<DagHeads>().AddSingleton<GridBoard>().AddSingleton<RunBoard>().AddSingleton<TaskBoard>().AddSingleton<ArtifactReader>();
        services.AddSingleton<GraphDrawing>().AddSingleton<GraphBoard>();
        services.AddSingleton<DagOverviews>().AddSingleton<DagTaskLists>().AddSingleton<Calendars>();
        services.AddSingleton<HandbookPages>().AddSingleton<MetricReads>();
        return services;
    }

    /// <summary>Maps the pages and what they load.</summary>
    public static void MapFlowUi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<StaticFiles>().Map(endpoints);
        var ui = endpoints.MapGroup("");
        ui.AddEndpointFilter<RouteGroupBuilder, PageFilter>();
        ui.Needs(Role.Viewer);

        LiveEndpoint.Map(ui);
        HomePages.Map(ui);
        FinderEndpoint.Map(ui);
        DagPages.Map(ui);
        GridPages.Map(ui);
        RunPages.Map(ui);
        TaskPages.Map(ui);
        DagViewPages.Map(ui);
        RunListPages.Map(ui);
        ConnectionPages.Map(ui);
        ArtifactPages.Map(ui);
        GraphPages.Map(ui);
        TriggerPages.Map(ui);
        ReworkPages.Map(ui);
        BeginBackfillPages.Map(ui);
        AssetPages.Map(ui);
        MetricPages.Map(ui);
        VariablePages.Map(ui);
        PoolPages.Map(ui);
        ErrorPages.Map(ui);
        ApprovalPages.Map(ui);
        BackfillPages.Map(ui);
        HandbookEndpoints.Map(ui);
        ui.MapGet("/{**path}", (HttpContext context) => throw ApiProblem.NotFound($"There is no page {context.Request.Path}.")).WithOrder(int.MaxValue);
    }
}
