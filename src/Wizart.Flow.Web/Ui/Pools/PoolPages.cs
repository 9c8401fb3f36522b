using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Ui.Pools;

/// <summary>Pools: what is taken of each and by whom, and how many slots it has.</summary>
internal static class PoolPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/pools", ListAsync);
        ui.MapGet("/pools/{name}", EditAsync).Needs(Role.Author);
        ui.MapPost("/pools/{name}", SetAsync).Needs(Role.Author);
        ui.MapPost("/pools/{name}/reset", async (HttpContext context, string name, FlowEngine engine) =>
        {
            var reset = await engine.Pools.ResetAsync(name, context.Actor());
            return FormRequests.Changed(context, $"Pool {name} has the {reset.Pool.Slots} slots that the scripts give it.", "pools");
        }).Needs(Role.Author);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine, CancellationToken cancellation)
    {
        var text = context.Request.Query["text"].ToString().Trim();
        var dags = (from dag in engine.Catalog.All
                    where dag.IsActive
                    orderby dag.Id
                    from pool in dag.Version.Model.Pools
                    select (pool.Name, dag.Id)).Distinct().ToLookup(use => use.Name, use => use.Id, StringComparer.Ordinal);
        var all = await engine.Pools.ListAsync(cancellation);
        var found = all.Where(p => Fits(p, dags[p.Pool.Name], text)).OrderBy(p => p.Pool.Name, StringComparer.OrdinalIgnoreCase)
            .Select(p => new PoolRow(p, [.. dags[p.Pool.Name]]));
        return FormRequests.Show<PoolList, PoolsPage>(context, new PoolsModel(text, [.. found], all.Count));
    }

    private static bool Fits(PoolStatus pool, IEnumerable<string> dags, string text) =>
        text.Length == 0 || pool.Pool.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || dags.Concat(pool.Holders.Select(h => h.DagId)).Any(dag => dag.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static async Task<IResult> EditAsync(HttpContext context, string name, FlowEngine engine, CancellationToken cancellation)
    {
        var pool = await FindAsync(name, engine, cancellation);
        return FormRequests.Show<PoolEdit, PoolPage>(context, new PoolForm(pool, pool.Pool.Slots.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<IResult> SetAsync(HttpContext context, string name, FlowEngine engine)
    {
        var pool = await FindAsync(name, engine, context.RequestAborted);
        var text = (await context.FormAsync()).Field("slots");
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var slots))
            return FormRequests.Refused<PoolEdit, PoolPage>(context, new PoolForm(pool, text, "The number of slots must be a whole number."));
        try
        {
            await engine.Pools.SetAsync(name, slots, context.Actor());
        }
        catch (FlowCommandException refused) when (refused.Refusal == Refusal.Invalid)
        {
            return FormRequests.Refused<PoolEdit, PoolPage>(context, new PoolForm(pool, text, refused.Message));
        }

        return FormRequests.Changed(context, $"Pool {name} has {slots} {(slots == 1 ? "slot" : "slots")} now.", "pools");
    }

    private static async Task<PoolStatus> FindAsync(string name, FlowEngine engine, CancellationToken cancellation)
    {
        var all = await engine.Pools.ListAsync(cancellation);
        return all.FirstOrDefault(p => p.Pool.Name == name)
            ?? throw ApiProblem.NotFound($"There is no pool '{name}'.{Nearest.Hint(name, all.Select(p => p.Pool.Name))}");
    }
}
