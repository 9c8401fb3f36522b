using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Browser.Tests.Proxies;

/// <summary>Below a path behind a reverse proxy all is as it is without one.</summary>
public sealed class SubPathTests(Site site)
{
    [Fact]
    public async Task Every_view_is_whole_and_leads_nowhere_else()
    {
        await using var proxy = await ReverseProxy.StartAsync(site);
        await using var view = await View.OpenAsync(site, url: proxy.Url);
        var page = view.Page;
        var missing = new List<string>();
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) missing.Add($"{response.Status} {response.Url}");
        };
        foreach (var path in (string[])[
            "", "dags", "dags/daily", "dags/daily/grid", "dags/daily/graph", "dags/daily/gantt", "dags/daily/calendar", "dags/daily/runs", "dags/daily/tasks",
            "dags/daily/code", "dags/daily/details", "dags/order/trigger", "runs", $"runs/{site.Past["report"]}", $"runs/{site.Past["report"]}/tasks/write",
            $"runs/{site.Past["report"]}/kept", "approvals", "backfills", "assets", "measures", "measures/orders", "connections", "variables", "pools", "errors",
            "audit", "users", "tokens", "account", "handbook", "handbook/access"])
        {
            var response = await view.GoAsync(path);
            Assert.Equal(200, response.Status);
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
            await Pages.ViewTests.SettledAsync(page);
            var astray = await page.EvaluateAsync<string[]>(
                """
                prefix => [...document.querySelectorAll("a[href], form[action], img[src], script[src], link[href], iframe[src]")]
                    .map(e => e.href?.baseVal !== undefined ? new URL(e.href.baseVal, document.baseURI).href : e.tagName === "FORM" ? new URL(e.getAttribute("action"), document.baseURI).href : e.href || e.src)
                    .filter(url => new URL(url).origin === location.origin && !new URL(url).pathname.startsWith(prefix))
                """, ReverseProxy.Prefix + "/");
            Assert.True(astray.Length == 0, $"{path} leads out of {ReverseProxy.Prefix}: {string.Join(", ", astray.Distinct())}");
        }

        Assert.Empty(missing);
        Assert.DoesNotContain(proxy.Outside, p => p != "/favicon.ico");
        view.IsClean();
    }

    [Fact]
    public async Task Who_signs_in_comes_to_the_page_asked_for_and_stays_below_the_path()
    {
        await using var proxy = await ReverseProxy.StartAsync(site);
        await using var view = await View.OpenAsync(site, signedIn: false, url: proxy.Url);
        var page = view.Page;
        await view.GoAsync("runs?state=failed");
        await page.AtAsync($"{proxy.Url}/sign-in?return=*");
        await page.GetByLabel("Name").FillAsync(Site.Admin);
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.AtAsync($"{proxy.Url}/runs?state=failed");

        // From where it was done is what the proxy says, not the proxy itself.
        await view.GoAsync("audit?action=sign in");
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("203.0.113.7");
        await view.GoAsync("account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.AtAsync($"{proxy.Url}/sign-in");
        Assert.DoesNotContain(proxy.Outside, p => p != "/favicon.ico");
        view.IsClean();
    }

    [Fact]
    public async Task A_form_starts_a_run_whose_events_come_through()
    {
        await using var proxy = await ReverseProxy.StartAsync(site);
        await using var view = await View.OpenAsync(site, url: proxy.Url);
        var page = view.Page;
        await view.GoAsync("runs?dag=gated");
        await view.LiveAsync();
        using var gate = await Gate.StartAsync(site);
        var row = page.Locator($"#run-list tr:has(input[value='{gate.Run}'])");
        await Assertions.Expect(row).ToContainTextAsync("running");
        await row.GetByRole(AriaRole.Link).First.ClickAsync();
        await page.AtAsync($"{proxy.Url}/dags/gated");
        await view.LiveAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Run…" }).ClickAsync();
        await page.Locator("#sheet").GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.AtAsync($"{proxy.Url}/runs/*");
        var id = long.Parse(page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("cancelled");
        Assert.Equal(RunState.Cancelled, (await site.Api.EndAsync(id)).State);

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("every_state");
        await page.Keyboard.PressAsync("Enter");
        await page.AtAsync($"{proxy.Url}/dags/every_state");
        view.IsClean();
    }
}
