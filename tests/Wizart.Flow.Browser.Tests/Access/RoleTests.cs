using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Browser.Tests.Access;

/// <summary>Each sees what the role lets do, and is told why where it does not.</summary>
public sealed class RoleTests(Site site)
{
    private static readonly string[] Changing = ["Run…", "Pause", "Backfill…", "Clear…", "Mark…", "Note…", "Cancel", "Add a variable", "Change slots…", "Add one", "Tell of an update…", "Answer…", "Remove", "Keep", "Approve"];

    [Fact]
    public async Task A_viewer_sees_everything_and_no_button_that_changes_anything()
    {
        var (view, _) = await People.OpenAsync(site, "viewer");
        await using var closing = view;
        var found = new List<string>();
        foreach (var path in (string[])[
            "", "dags", "dags/order", "dags/daily/calendar", "dags/never_ran/grid", "dags/gated/runs", "runs", $"runs/{site.Past["running"]}", $"runs/{site.Past["report"]}/tasks/write",
            $"runs/{site.Past["release"]}/tasks/ask", "approvals", $"approvals/{site.Past["release"]}/ask", "backfills", "assets", "connections", "variables", "pools", "errors", "measures"])
        {
            Assert.Equal(200, (await view.GoAsync(path)).Status);
            var words = await view.Page.Locator("main :is(button, a.button, a[data-sheet])").EvaluateAllAsync<string[]>("all => all.map(e => e.getAttribute('aria-label') ?? e.textContent.trim())");
            found.AddRange(words.Where(w => Changing.Any(c => w.StartsWith(c, StringComparison.Ordinal))).Select(w => $"{path}: {w}"));
        }

        Assert.Empty(found);
        var entries = view.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await Assertions.Expect(entries).Not.ToContainTextAsync("Users");
        await Assertions.Expect(entries).Not.ToContainTextAsync("Audit");
        view.IsClean();
    }

    [Theory]
    [InlineData("viewer", "operator", "dags/order/trigger", "runs/{report}/clear", "dags/daily/backfill")]
    [InlineData("operator", "author", "variables/new", "pools/gpu", "connections/new?type=http", "audit")]
    [InlineData("author", "admin", "users")]
    public async Task A_page_that_is_not_open_to_one_says_which_role_opens_it(string role, string needed, params string[] paths)
    {
        var (view, name) = await People.OpenAsync(site, role);
        await using var closing = view;
        foreach (var path in paths)
        {
            Assert.Equal(403, (await view.GoAsync(path.Replace("{report}", $"{site.Past["report"]}", StringComparison.Ordinal))).Status);
            var main = view.Page.GetByRole(AriaRole.Main);
            await Assertions.Expect(main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This is not open to you");
            await Assertions.Expect(main).ToContainTextAsync($"'{name}' is {role}, and this needs {needed}.");
            await Assertions.Expect(main.GetByRole(AriaRole.Link, new() { Name = "Home" })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task What_an_operator_does_stands_in_the_audit_log_with_who_did_it()
    {
        var (view, name) = await People.OpenAsync(site, "operator", "dags/plain");
        await using var closing = view;
        await view.LiveAsync();
        await view.Page.GetByRole(AriaRole.Link, new() { Name = "Run…" }).ClickAsync();
        await view.Page.Locator("#sheet").GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await view.Page.AtAsync("**/runs/*");
        var id = long.Parse(view.Page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(RunState.Success, (await site.Api.EndAsync(id)).State);
        await Assertions.Expect(view.Page.Locator(".facts").First).ToContainTextAsync($"by {name}");

        await using var admin = await View.OpenAsync(site);
        await admin.GoAsync("audit");
        await admin.Page.GetByLabel("Who").FillAsync(name);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        var row = admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "trigger" });
        await Assertions.Expect(row).ToContainTextAsync(name);
        await Assertions.Expect(row).ToContainTextAsync("plain");
        await Assertions.Expect(row).ToContainTextAsync("127.0.0.1");
        view.IsClean();
        admin.IsClean();
    }
}
