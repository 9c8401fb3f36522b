using System.Net;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

/// <summary>Triggers of DAGs that can't run now.</summary>
public sealed class TriggerErrorTests
{
    [Fact]
    public async Task An_unknown_dag_is_told_with_the_nearest()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("orders", "only"));
        var detail = (await server.Post("dags/ordres/runs", "{}")).Problem(HttpStatusCode.NotFound, "not_found");
        Assert.Equal("There is no DAG 'ordres'. Did you mean 'orders'?", detail);
    }

    [Fact]
    public async Task A_dag_that_no_script_declares_any_more_keeps_its_history_and_runs_no_more()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("orders", "only"));
        await server.Engine.Publisher.RemoveAsync("orders.csx", TestContext.Current.CancellationToken);
        var detail = (await server.Post("dags/orders/runs", "{}")).Problem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal("DAG 'orders' is no longer declared by any script. Its history is kept; restore orders.csx to run it.", detail);
    }

    [Fact]
    public async Task A_paused_dag_takes_the_run_which_waits_until_it_is_unpaused()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("orders", "only") with { Paused = true });
        var run = (await server.Post("dags/orders/runs", "{}")).Json;
        Assert.Equal("queued", run.GetProperty("state").GetString());
        var why = (await server.Get($"runs/{run.GetProperty("id")}/why")).Text;
        Assert.Contains("its DAG is paused: flow unpause orders", why, StringComparison.Ordinal);

        await server.Post("dags/orders/unpause");
        Assert.Equal("success", (await server.Get($"runs/{run.GetProperty("id")}/wait")).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_dag_whose_script_is_broken_now_runs_on_its_last_good_version()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("orders", "only"));
        await server.PublishAsync(Models.Chain("orders"), new Diagnostic("CS1002", "; expected", new SourceLocation("orders.csx", 3, 7)));
        Assert.Contains("; expected", (await server.Get("errors")).Text, StringComparison.Ordinal);
        var run = (await server.Post("dags/orders/runs", "{}")).Json;
        Assert.Equal("success", (await server.Get($"runs/{run.GetProperty("id")}/wait")).Json.GetProperty("state").GetString());
    }
}
