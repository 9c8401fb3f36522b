using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Browser.Tests.Keyboard;

/// <summary>All that is done by clicks is done by Tab, Enter and Space too.</summary>
public sealed class ActionKeysTests(Site site)
{
    [Fact]
    public async Task A_run_is_started()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/order");
        await page.PressOnAsync(page.GetByRole(AriaRole.Link, new() { Name = "Run…" }));
        var sheet = page.Locator("#sheet");
        await Assertions.Expect(sheet.GetByLabel("reason")).ToBeFocusedAsync();
        await Screenshots.TakeAsync(page, "sheet-trigger");
        await page.Keyboard.TypeAsync("by keys");
        await page.TypeIntoAsync(sheet.GetByLabel("count"), "2");
        await page.PressOnAsync(sheet.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }));
        await page.AtAsync("**/runs/*");
        var id = long.Parse(page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(RunState.Success, (await site.Api.EndAsync(id)).State);
        Assert.Equal("2 red oak Medium True: by keys", await site.Api.OutputAsync<string>(id, "take"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("success");
        view.IsClean();
    }

    [Fact]
    public async Task A_task_is_cleared_and_the_focus_comes_back_to_what_opened_the_form()
    {
        site.Need();
        var run = await site.Api.RunToEndAsync("report");
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{run.Id}/tasks/write");
        var opener = page.GetByRole(AriaRole.Link, new() { Name = "Clear…" });
        var sheet = page.Locator("#sheet");
        await page.PressOnAsync(opener);
        await Assertions.Expect(sheet.Locator(":focus")).ToHaveCountAsync(1);
        await Screenshots.TakeAsync(page, "sheet-clear");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.PressOnAsync(sheet.GetByLabel("and everything that waits for it"), "Space");
        await Assertions.Expect(sheet.Locator("#rework-preview")).ToContainTextAsync("1 task instance of 1 run");
        await page.PressOnAsync(sheet.GetByRole(AriaRole.Button, new() { Name = "Clear", Exact = true }), "Space");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Cleared");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Attempts" })).ToContainTextAsync("attempt 2");
        await Assertions.Expect(opener).ToBeFocusedAsync();
        view.IsClean();
    }

    [Fact]
    public async Task A_question_is_answered()
    {
        site.Need();
        var run = await site.Api.TriggerAsync("release");
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("approvals?dag=release");
        var question = page.GetByRole(AriaRole.Link, new() { Name = $"Release run {run.Id}?", Exact = true });
        await page.PressOnAsync(question);
        var sheet = page.Locator("#sheet");
        await page.TypeIntoAsync(sheet.GetByLabel("percent"), "30");
        await Screenshots.TakeAsync(page, "sheet-approval");
        await page.PressOnAsync(sheet.GetByRole(AriaRole.Button, new() { Name = "Approve" }), "Space");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(question).ToHaveCountAsync(0);
        Assert.Equal(RunState.Success, (await site.Api.EndAsync(run.Id)).State);
        Assert.Equal($"30 % by {Site.Admin}: ", await site.Api.OutputAsync<string>(run.Id, "publish"));
        view.IsClean();
    }

    [Fact]
    public async Task A_DAG_is_paused_in_the_list_and_the_focus_stays_on_its_button()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags?text=paused_by_keys");
        await page.PressOnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Pause paused_by_keys", Exact = true }));
        var back = page.GetByRole(AriaRole.Button, new() { Name = "Unpause paused_by_keys" });
        await Assertions.Expect(back).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause paused_by_keys", Exact = true })).ToBeFocusedAsync();
        await site.Api.DagAsync("paused_by_keys", d => !d.Paused);
        view.IsClean();
    }
}
