namespace Wizart.Flow.Browser.Tests.Access;

/// <summary>The admin lets people in, changes what they may, and sends them out; programs get tokens.</summary>
public sealed class UserTests(Site site)
{
    [Fact]
    public async Task A_person_is_added_sets_a_password_by_the_link_is_promoted_disabled_and_removed()
    {
        await using var admin = await View.OpenAsync(site);
        var page = admin.Page;
        var name = People.Name("ann");
        await admin.GoAsync("users");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("viewer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add, and make a password link" }).ClickAsync();
        var link = await page.Locator(".access-secret").InnerTextAsync();
        await Screenshots.TakeAsync(page, "user-link");

        await using var ann = await View.OpenAsync(site, signedIn: false);
        await ann.Page.GotoAsync(link);
        await Assertions.Expect(ann.Page.GetByText($"Choose a password for {name}.")).ToBeVisibleAsync();
        await ann.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(People.Password);
        await ann.Page.GetByLabel("Password again").FillAsync(People.Password + "s");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The two passwords differ.");
        await ann.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(People.Password);
        await ann.Page.GetByLabel("Password again").FillAsync(People.Password);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Home", Level = 1 })).ToBeVisibleAsync();
        Assert.Equal(404, (await ann.Page.GotoAsync(link))!.Status);

        await page.GetByLabel($"Role of {name}", new() { Exact = true }).SelectOptionAsync("operator");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Set the role of {name}" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel($"Role of {name}", new() { Exact = true })).ToHaveValueAsync("operator");
        Assert.Equal(200, (await ann.GoAsync("dags/order/trigger")).Status);

        await page.GetByRole(AriaRole.Button, new() { Name = $"Disable {name}" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync("disabled");
        await ann.GoAsync("dags");
        await ann.Page.AtAsync("**/sign-in?return=*");

        // It asks first, and a no is a no.
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
        var answers = new Queue<bool>([false, true]);
        page.Dialog += async (_, dialog) => await (answers.Dequeue() ? dialog.AcceptAsync() : dialog.DismissAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}" }).ClickAsync();
        await page.ReloadAsync();
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        admin.IsClean();
    }

    [Fact]
    public async Task The_last_admin_can_not_be_lost()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("users");
        await view.Page.GetByRole(AriaRole.Button, new() { Name = $"Disable {Site.Admin}" }).ClickAsync();
        await Assertions.Expect(view.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("admin");
        Assert.Equal(200, (await view.GoAsync("users")).Status);
    }

    [Fact]
    public async Task A_token_is_shown_once_works_and_ends_at_once()
    {
        var (view, name) = await People.OpenAsync(site, "operator", "tokens");
        await using var closing = view;
        var page = view.Page;
        await page.GetByLabel("What it is for").FillAsync("ci");
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("operator");
        await page.GetByLabel("Lasts").SelectOptionAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        var token = await page.Locator(".access-secret").InnerTextAsync();
        Assert.StartsWith("flow_", token, StringComparison.Ordinal);
        await Screenshots.TakeAsync(page, "token-secret");
        Assert.Equal(200, await AskAsync(token));

        await view.GoAsync("tokens");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "ci" })).ToContainTextAsync("operator");
        Assert.DoesNotContain(token[5..], await page.ContentAsync(), StringComparison.Ordinal);
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {name}/ci" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "ci" })).ToContainTextAsync("revoked");
        Assert.Equal(401, await AskAsync(token));
        view.IsClean();
    }

    private async Task<int> AskAsync(string token)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await http.GetAsync(new Uri(site.Url + "/api/v1/dags"), TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
