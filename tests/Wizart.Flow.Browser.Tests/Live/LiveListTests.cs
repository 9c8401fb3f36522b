namespace Wizart.Flow.Browser.Tests.Live;

/// <summary>Lists and Home show what begins and ends elsewhere, without being asked.</summary>
public sealed class LiveListTests(Site site)
{
    [Fact]
    public async Task The_list_of_runs_gets_a_new_run_and_its_end()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("runs?dag=gated");
        await view.LiveAsync();
        using var gate = await Gate.StartAsync(site);
        var row = view.Page.Locator($"#run-list tr:has(input[value='{gate.Run}'])");
        await Assertions.Expect(row).ToContainTextAsync("running");
        gate.Open();
        await Assertions.Expect(row).ToContainTextAsync("success");
        await view.IsSameAsync();
        view.IsClean();
    }

    [Fact]
    public async Task A_list_with_something_chosen_does_not_change_under_the_hand()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/gated/runs");
        await view.LiveAsync();
        await page.EvaluateAsync("() => { window.heard = []; document.addEventListener('flow:event', e => heard.push(e.detail.run)); }");
        using var first = await Gate.StartAsync(site);
        var box = page.GetByLabel($"Run {first.Run}", new() { Exact = true });
        await box.CheckAsync();
        using var second = await Gate.StartAsync(site);
        await page.WaitForFunctionAsync("run => heard.includes(run)", second.Run);
        await Assertions.Expect(box).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("[data-bulk-count]")).ToHaveTextAsync("1 chosen");
        await box.UncheckAsync();
        second.Open();
        await Assertions.Expect(page.GetByLabel($"Run {second.Run}", new() { Exact = true })).ToBeVisibleAsync();
        view.IsClean();
    }

    [Fact]
    public async Task The_list_of_dags_gets_a_bar_that_changes_its_colour()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("dags?text=gated");
        await view.LiveAsync();
        using var gate = await Gate.StartAsync(site);
        var bar = view.Page.Locator($".run-bars a[href='runs/{gate.Run}'] rect.fill");
        await Assertions.Expect(bar).ToHaveClassAsync("fill s-running");
        gate.Open();
        await Assertions.Expect(bar).ToHaveClassAsync("fill s-success");
        await view.IsSameAsync();
        view.IsClean();
    }

    [Fact]
    public async Task Home_shows_a_run_as_it_goes_on()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("");
        await view.LiveAsync();
        using var gate = await Gate.StartAsync(site);
        var bar = view.Page.Locator($".timeline a[href='runs/{gate.Run}'] rect.fill");
        await Assertions.Expect(bar).ToHaveClassAsync("fill s-running");
        gate.Open();
        await Assertions.Expect(bar).ToHaveClassAsync("fill s-success");
        await view.IsSameAsync();
        view.IsClean();
    }

    [Fact]
    public async Task A_question_comes_to_Home_leads_to_its_form_and_goes_when_it_is_answered()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("");
        await view.LiveAsync();
        var run = await site.Api.TriggerAsync("release");
        var question = page.Locator(".attention").GetByRole(AriaRole.Link, new() { Name = $"Release run {run.Id}?", Exact = true });
        await question.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToBeVisibleAsync();
        await view.GoAsync("");
        await view.LiveAsync();
        await Assertions.Expect(question).ToBeVisibleAsync();
        await site.Api.DecideAsync(run.Id, "ask", approved: true, ("percent", 10));
        await Assertions.Expect(question).ToHaveCountAsync(0);
        await view.IsSameAsync();
        view.IsClean();
    }
}
