using System.Text.RegularExpressions;

namespace Wizart.Flow.Browser.Tests.Pages;

/// <summary>Every view, as a person sees it: nothing goes wrong, nothing sticks out, nothing is hard to read.</summary>
public sealed partial class ViewTests(Site site)
{
    private const int Laptop = 1360;
    private const int Phone = 390;

    /// <summary>The views. A run's name in braces stands for its number.</summary>
    public static TheoryData<string, string> Views => new()
    {
        { "home", "" },
        { "dags", "dags" },
        { "dags-none", "dags?text=nothing-of-that-name" },
        { "dag", "dags/every_state" },
        { "dag-daily", "dags/daily" },
        { "dag-empty", "dags/never_ran" },
        { "dag-broken", "dags/broken" },
        { "grid", "dags/every_state/grid" },
        { "grid-empty", "dags/never_ran/grid" },
        { "graph", "dags/every_state/graph" },
        { "graph-down", "dags/every_state/graph?down=true" },
        { "graph-folded", "dags/every_state/graph?fold=checks" },
        { "gantt", "dags/every_state/gantt" },
        { "gantt-empty", "dags/never_ran/gantt" },
        { "calendar", "dags/daily/calendar" },
        { "dag-runs", "dags/every_state/runs" },
        { "dag-tasks", "dags/every_state/tasks" },
        { "code", "dags/every_state/code" },
        { "code-broken", "dags/broken/code" },
        { "code-difference", "dags/daily/code?version=2&with=1" },
        { "dag-details", "dags/daily/details" },
        { "runs", "runs" },
        { "runs-none", "runs?state=cancelled&dag=never_ran" },
        { "run", "runs/{every_state}" },
        { "run-running", "runs/{running}" },
        { "run-queued", "runs/{queued}" },
        { "run-graph", "runs/{every_state}/graph" },
        { "run-kept", "runs/{report}/kept" },
        { "run-kept-empty", "runs/{maker}/kept" },
        { "run-code", "runs/{every_state}/code" },
        { "run-details", "runs/{order}/details" },
        { "task-failed", "runs/{every_state}/tasks/parse" },
        { "task-retried", "runs/{every_state}/tasks/flaky" },
        { "task-mapped", "runs/{every_state}/tasks/price" },
        { "task-element", "runs/{every_state}/tasks/price?element=2" },
        { "task-files", "runs/{report}/tasks/write" },
        { "task-running", "runs/{running}/tasks/work" },
        { "task-asks", "runs/{release}/tasks/ask" },
        { "form-trigger", "dags/order/trigger" },
        { "form-backfill", "dags/daily/backfill" },
        { "form-clear", "runs/{every_state}/clear" },
        { "form-mark", "runs/{every_state}/mark?task=parse" },
        { "form-note", "runs/{every_state}/note" },
        { "approvals", "approvals" },
        { "form-approval", "approvals/{release}/ask" },
        { "backfills", "backfills" },
        { "assets", "assets" },
        { "measures", "measures" },
        { "measure", "measures/orders_by_country" },
        { "connections", "connections" },
        { "form-connection", "connections/new?type=http" },
        { "variables", "variables" },
        { "form-variable", "variables/new" },
        { "pools", "pools" },
        { "form-pool", "pools/gpu" },
        { "errors", "errors" },
        { "audit", "audit" },
        { "users", "users" },
        { "tokens", "tokens" },
        { "account", "account" },
        { "handbook", "handbook" },
        { "handbook-page", "handbook/language" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task It_is_whole_and_readable_on_a_laptop_and_a_phone_in_light_and_dark(string name, string path)
    {
        await using var view = await View.OpenAsync(site, Laptop);
        var page = view.Page;
        var response = await view.GoAsync(RunName().Replace(path, m => $"{site.Past[m.Groups[1].Value]}"));
        Assert.Equal(200, response.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        await SettledAsync(page);

        var faults = new List<string>();
        await LookAsync("light", Laptop, rules: true);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await LookAsync("dark", Laptop, rules: false);
        faults.AddRange((await Axe.FaultsAsync(page, onlyColours: true)).Select(f => $"dark: {f}"));
        await page.SetViewportSizeAsync(Phone, 844);
        await LookAsync("dark", Phone, rules: false);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await LookAsync("light", Phone, rules: true);
        Assert.True(faults.Count == 0, $"{path}:\n{string.Join('\n', faults)}");
        view.IsClean();

        async Task LookAsync(string theme, int width, bool rules)
        {
            faults.AddRange((await OverflowAsync(page)).Select(f => $"{width}: {f}"));
            if (rules) faults.AddRange((await Axe.FaultsAsync(page)).Select(f => $"{width}: {f}"));
            await Screenshots.TakeAsync(page, $"{name}-{width}-{theme}");
        }
    }

    // Panels that load by themselves have loaded.
    internal static async Task SettledAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[hx-trigger=load]:not(:has(*:not(a)))")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('[data-view]')].every(v => 'awake' in v.dataset)");
    }

    private static async Task<IEnumerable<string>> OverflowAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            const inScroller = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
            return ["the page is wider than the window: " + [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > wide + 1 && !inScroller(e))
                .slice(0, 5).map(e => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className} ends at ${Math.round(e.getBoundingClientRect().right)} of ${wide}`).join("; ")];
        }
        """);

    [GeneratedRegex(@"\{(.+?)\}")]
    private static partial Regex RunName();
}
