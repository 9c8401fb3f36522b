using System.Globalization;
using System.Net;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests.Ui.Backfills;

public sealed class BackfillPagesTests
{
    [Fact]
    public async Task Backfills_are_listed_with_their_progress_and_filtered()
    {
        await using var server = await StartAsync();
        var id = await BeginAsync(server, "2026-03-02", "2026-03-04T06:00");
        await UntilAsync(server, id, "completed");
        (await server.Html("backfills")).Says("orders", $"backfill {id}", "3 of 3 done", "completed", "3 intervals: 3 success");
        (await server.Html("backfills?state=completed")).Says($"backfill {id}");
        (await server.Html("backfills?state=running")).Says("No backfill fits.");
        (await server.Html("backfills?state=unfinished")).Says("No backfill fits.");
        (await server.Html("backfills?dag=orders")).Says($"backfill {id}");
        (await server.Html("backfills?dag=other")).Says("No backfill fits.");
    }

    [Fact]
    public async Task One_shows_what_was_asked_and_its_runs_by_state()
    {
        await using var server = await StartAsync();
        server.Bodies.Set("load", attempt => Task.FromResult<AttemptOutcome>(Outcomes.Gives("1")));
        var id = await BeginAsync(server, "2026-03-02", "2026-03-04T06:00");
        await UntilAsync(server, id, "completed");
        var page = await server.Html($"backfills/{id}");
        page.Says("Backfill 1 of orders", "3 of 3 intervals (100%)", "Mon 2 Mar 2026, 06:00", "Europe/Minsk", "are left alone", "2 runs", "oldest first");
        page.SaysNot("Pause");
        (await server.Html($"backfills/{id}?state=failed")).Says("No run of it is failed.");
        (await server.Html($"backfills/{id}?state=success")).Says("Mon 2 Mar 2026, 06:00");
    }

    [Fact]
    public async Task One_is_paused_goes_on_and_is_cancelled()
    {
        await using var server = await StartAsync();
        var end = new TaskCompletionSource();
        server.Bodies.Set("extract", async _ =>
        {
            await end.Task;
            return (AttemptOutcome)Outcomes.Gives("1");
        });
        var id = await BeginAsync(server, "2026-03-02", "2026-03-20T06:00");
        (await server.Html("backfills?state=unfinished")).Says("Pause", "Cancel");
        (await server.Form($"backfills/{id}/pause")).LeadsTo($"backfills/{id}");
        (await server.Html("backfills?state=paused")).Says("Go on");
        (await server.Form($"backfills/{id}/unpause")).LeadsTo($"backfills/{id}");
        (await server.Html("backfills?state=running")).Says($"backfill {id}");
        (await server.Form($"backfills/{id}/cancel")).LeadsTo($"backfills/{id}");
        (await server.Html($"backfills/{id}")).Says("cancelled");
        var again = await server.Form($"backfills/{id}/cancel");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        again.Text.Says("is over: it is cancelled");
        end.SetResult();
        (await server.Form("backfills/77/pause")).IsMissing("There is no backfill 77");
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Daily("orders"));
        await server.Engine.OpenSchedulesAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static async Task<string> BeginAsync(ApiServer server, string from, string to)
    {
        var begun = await server.Post("dags/orders/backfills", $$"""{"from": "{{from}}", "to": "{{to}}", "maxActive": 2}""");
        return begun.Json.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(ApiServer server, string id, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await server.Get($"backfills/{id}")).Json.GetProperty("state").GetString() != state) patience.Token.ThrowIfCancellationRequested();
    }
}
