namespace Wizart.Flow.Browser.Tests.Actions;

/// <summary>Whoever is quicker than the daemon gets what they asked for last.</summary>
public sealed class FilterTests(Site site)
{
    [Fact]
    public async Task What_is_typed_while_the_answer_comes_stays_and_is_asked_for()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags");
        var (asked, typed) = (Signal(), Signal());
        await page.RouteAsync(url => url.EndsWith("text=e", StringComparison.Ordinal) || url.Contains("text=e&", StringComparison.Ordinal), async route =>
        {
            asked.TrySetResult();
            await typed.Task;
            await route.ContinueAsync();
        });
        var field = page.Locator("#dag-text");
        await field.PressSequentiallyAsync("e");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await field.PressSequentiallyAsync("very_st");
        typed.SetResult();
        await page.AtAsync("**/dags?text=every_st*");
        await Assertions.Expect(page.Locator("#dag-text")).ToHaveValueAsync("every_st");
        await Assertions.Expect(page.Locator("#dag-text")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".dag-table tbody tr")).ToHaveCountAsync(1);
        view.IsClean();
    }

    [Fact]
    public async Task What_is_typed_outlasts_a_list_that_changes_by_itself()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags");
        await view.LiveAsync();
        var (asked, typed) = (Signal(), Signal());
        await page.RouteAsync(url => url.EndsWith("/dags", StringComparison.Ordinal), async route =>
        {
            asked.TrySetResult();
            await typed.Task;
            await route.ContinueAsync();
        });
        using var gate = await Gate.StartAsync(site);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await page.Locator("#dag-text").PressSequentiallyAsync("every_st");
        typed.SetResult();
        await page.AtAsync("**/dags?text=every_st*");
        await Assertions.Expect(page.Locator("#dag-text")).ToHaveValueAsync("every_st");
        await Assertions.Expect(page.Locator(".dag-table tbody tr")).ToHaveCountAsync(1);
        view.IsClean();
    }

    [Fact]
    public async Task A_choice_made_while_the_answer_to_another_comes_counts_with_it()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("measures/orders_by_country");
        var (asked, chosen) = (Signal(), Signal());
        await page.RouteAsync(url => url.Contains("by=time", StringComparison.Ordinal) && !url.Contains("country%3Dby", StringComparison.Ordinal) && !url.Contains("/data", StringComparison.Ordinal), async route =>
        {
            asked.TrySetResult();
            await chosen.Task;
            await route.ContinueAsync();
        });
        await page.GetByLabel("Axis").SelectOptionAsync("time");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await page.GetByLabel("Tag country").SelectOptionAsync("country=by");
        chosen.SetResult();
        await page.AtAsync("**by=time*tag=country*by*");
        await Assertions.Expect(page.GetByLabel("Axis")).ToHaveValueAsync("time");
        await Assertions.Expect(page.GetByLabel("Tag country")).ToHaveValueAsync("country=by");
        view.IsClean();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
