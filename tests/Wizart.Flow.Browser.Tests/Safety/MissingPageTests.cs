namespace Wizart.Flow.Browser.Tests.Safety;

/// <summary>Where nothing is, the page says so and leads on.</summary>
public sealed class MissingPageTests(Site site)
{
    [Fact]
    public async Task It_is_404_says_what_is_not_there_and_leads_home()
    {
        await using var view = await View.OpenAsync(site);
        foreach (var (path, words) in ((string, string)[])[
            ("nothing/here", "nothing/here"),
            ("dags/every_stat", "every_state"),
            ("dags/nobody/grid", "nobody"),
            ("runs/99999999", "99999999"),
            ("runs/twelve", "twelve"),
            ("backfills/99999999", "99999999"),
            ("measures/nothing", "nothing"),
            ("connections/nothing", "nothing"),
            ("variables/nothing", "nothing"),
            ("pools/nothing", "nothing"),
            ("assets/99999999", "99999999"),
            ("handbook/nothing", "nothing"),
            ("artifacts/0000000000000000000000000000000000000000000000000000000000000000/a.txt", "artifact")])
        {
            Assert.Equal(404, (await view.GoAsync(path)).Status);
            var main = view.Page.GetByRole(AriaRole.Main);
            await Assertions.Expect(main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
            await Assertions.Expect(main).ToContainTextAsync(words);
            await Assertions.Expect(main.GetByRole(AriaRole.Link, new() { Name = "Home" })).ToBeVisibleAsync();
        }

        await view.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await Assertions.Expect(view.Page.GetByRole(AriaRole.Heading, new() { Name = "Home", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_unknown_task_says_which_run_has_none_of_that_name()
    {
        await using var view = await View.OpenAsync(site);
        Assert.Equal(404, (await view.GoAsync($"runs/{site.Past["every_state"]}/tasks/pars")).Status);
        await Assertions.Expect(view.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("parse");
        await Screenshots.TakeAsync(view.Page, "missing");
        Assert.Empty(await Axe.FaultsAsync(view.Page));
    }
}
