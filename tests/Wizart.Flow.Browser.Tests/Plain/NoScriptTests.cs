using System.Globalization;
using System.Text.RegularExpressions;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Browser.Tests.Plain;

/// <summary>In a browser that runs no scripts the pages are pages, the links links and the forms forms.</summary>
public sealed partial class NoScriptTests(Site site)
{
    [Fact]
    public async Task Every_view_has_its_content()
    {
        await using var view = await View.OpenAsync(site, script: false);
        foreach (var (path, words) in ((string, string)[])[
            ("", "What ran"), ("dags", "every_state"), ("dags/daily", "Runs every day"), ("dags/every_state/grid", "after_parse"), ("dags/every_state/graph", "price"),
            ("dags/every_state/gantt", "price"), ("dags/daily/calendar", "Days in Europe/Minsk"), ("dags/every_state/runs", "failed"), ("dags/every_state/tasks", "after_parse"),
            ("dags/every_state/code", "Reader.Parse"), ("dags/daily/details", "Europe/Minsk"), ("runs?dag=every_state", "every_state"), ($"runs/{site.Past["every_state"]}", "upstream failed"),
            ($"runs/{site.Past["every_state"]}/tasks/parse", "'twelve' is not a number."), ($"runs/{site.Past["report"]}/kept", "totals.csv"),
            ($"runs/{site.Past["order"]}/details", "for the tests"), ("approvals", "Release run"), ("backfills", "Backfills"), ("assets", "shop://prices"),
            ("measures", "orders_by_country"), ("measures/orders", "1,204"), ("connections", "Add one"), ("variables", "Variables"), ("pools", "gpu"),
            ("errors", "CS0103"), ("audit", Site.Admin), ("users", Site.Admin), ("tokens", "New token"), ("account", "Change the password"), ("handbook/language", "Task")])
        {
            Assert.Equal(200, (await view.GoAsync(path)).Status);
            await Assertions.Expect(view.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(words);
        }

        view.IsClean();
    }

    [Fact]
    public async Task A_run_is_started_by_its_form_and_its_log_is_a_link_away()
    {
        await using var view = await View.OpenAsync(site, script: false);
        var page = view.Page;
        await view.GoAsync("dags/order");
        await page.GetByRole(AriaRole.Link, new() { Name = "Run…" }).ClickAsync();
        await page.AtAsync("**/dags/order/trigger");
        await page.GetByLabel("count").FillAsync("11");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".mistake")).ToHaveCountAsync(2);
        await page.GetByLabel("count").FillAsync("5");
        await page.GetByLabel("reason").FillAsync("without scripts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.AtAsync(RunPage());
        var id = long.Parse(page.Url.Split('/')[^1], CultureInfo.InvariantCulture);
        Assert.Equal(RunState.Success, (await site.Api.EndAsync(id)).State);
        Assert.Equal("5 red oak Medium True: without scripts", await site.Api.OutputAsync<string>(id, "take"));

        await view.GoAsync($"runs/{site.Past["every_state"]}/tasks/extract");
        await page.GetByRole(AriaRole.Link, new() { Name = "The log as text" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1,204 orders")).ToBeVisibleAsync();
        view.IsClean();
    }

    [Fact]
    public async Task A_DAG_is_paused_and_a_run_marked_by_plain_forms()
    {
        site.Need();
        var run = await site.Api.RunToEndAsync("plain");
        await using var view = await View.OpenAsync(site, script: false);
        var page = view.Page;
        await view.GoAsync("dags/plain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await site.Api.DagAsync("plain", d => d.Paused);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unpause" }).ClickAsync();
        await site.Api.DagAsync("plain", d => !d.Paused);

        await view.GoAsync($"runs/{run.Id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mark…" }).ClickAsync();
        await page.GetByLabel("failed", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("failed");
        Assert.Equal(RunState.Failed, (await site.Api.RunAsync(run.Id)).State);
        view.IsClean();
    }

    [Fact]
    public async Task A_question_is_answered_on_its_page()
    {
        site.Need();
        var run = await site.Api.TriggerAsync("release");
        await using var view = await View.OpenAsync(site, script: false);
        var page = view.Page;
        await Eventually.HoldsAsync(async () => (await site.Api.ApprovalsAsync()).Any(a => a.RunId == run.Id), () => "the question");
        await view.GoAsync("approvals");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Release run {run.Id}?", Exact = true }).ClickAsync();
        await page.GetByLabel("percent").FillAsync("40");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await page.AtAsync("**/approvals");
        Assert.Equal(RunState.Success, (await site.Api.EndAsync(run.Id)).State);
        Assert.Equal($"40 % by {Site.Admin}: ", await site.Api.OutputAsync<string>(run.Id, "publish"));
        view.IsClean();
    }

    [Fact]
    public async Task Signing_in_and_out_works()
    {
        await using var view = await View.OpenAsync(site, script: false, signedIn: false);
        await view.SignInAsync(Site.Admin, Site.Password, "runs");
        await view.GoAsync("account");
        await view.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await view.Page.AtAsync("**/sign-in");
        view.IsClean();
    }

    [GeneratedRegex(@"/runs/\d+$")]
    private static partial Regex RunPage();
}
