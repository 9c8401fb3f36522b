using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Browser.Tests.Actions;

/// <summary>A person answers a task that asks.</summary>
public sealed class ApprovalTests(Site site)
{
    [Fact]
    public async Task It_goes_on_with_what_was_answered()
    {
        site.Need();
        var run = await site.Api.TriggerAsync("release");
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("approvals");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Release run {run.Id}?", Exact = true }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await Assertions.Expect(sheet.Locator(".approval-text strong")).ToHaveTextAsync("checks");
        await sheet.GetByLabel("percent").FillAsync("25");
        await sheet.GetByLabel("Comment").FillAsync("go");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Release run {run.Id}?", Exact = true })).ToHaveCountAsync(0);
        Assert.Equal(RunState.Success, (await site.Api.EndAsync(run.Id)).State);
        Assert.Equal($"25 % by {Site.Admin}: go", await site.Api.OutputAsync<string>(run.Id, "publish"));
        view.IsClean();
    }
}
