using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Browser.Tests.Actions;

/// <summary>What is done with a backfill that is under way.</summary>
public sealed partial class BackfillTests(Site site)
{
    [Fact]
    public async Task It_is_paused_goes_on_and_is_cancelled_with_its_runs()
    {
        site.Need();
        await site.Api.DagAsync("endless");
        using var answer = await site.Api.PostAsync("dags/endless/backfills", """{"from": "2026-06-01", "to": "2026-06-03", "maxActive": 1}""");
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("id").GetInt64();
        await using var view = await View.OpenAsync(site);
        var (page, facts) = (view.Page, view.Page.Locator("#backfill .facts"));
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await view.GoAsync($"backfills/{id}");
        await Assertions.Expect(page.Locator("#backfill")).ToContainTextAsync("0 of 2 intervals");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Pause backfill {id}" }).ClickAsync();
        await Assertions.Expect(facts).ToContainTextAsync(Paused());
        await Screenshots.TakeAsync(page, "backfill-paused");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Go on with backfill {id}" }).ClickAsync();
        await Assertions.Expect(facts).Not.ToContainTextAsync(Paused());
        await page.GetByRole(AriaRole.Button, new() { Name = $"Cancel backfill {id}" }).ClickAsync();
        await Assertions.Expect(facts).ToContainTextAsync(Cancelled());
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Cancel backfill {id}" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#backfill tbody .s-running")).ToHaveCountAsync(0);
        view.IsClean();
    }

    [GeneratedRegex("paused", RegexOptions.IgnoreCase)]
    private static partial Regex Paused();

    [GeneratedRegex("cancelled", RegexOptions.IgnoreCase)]
    private static partial Regex Cancelled();
}
