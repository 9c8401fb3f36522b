namespace Wizart.Flow.Browser.Tests.Access;

/// <summary>In by name and password, out by a click, and nothing is seen in between.</summary>
public sealed class SignInTests(Site site)
{
    [Fact]
    public async Task A_wrong_password_is_said_and_the_right_one_leads_to_the_page_asked_for()
    {
        var name = await People.MakeAsync(site, "viewer");
        await using var view = await View.OpenAsync(site, signedIn: false);
        var page = view.Page;
        await view.GoAsync("dags/every_state/runs?state=failed");
        await page.AtAsync("**/sign-in?return=*");
        await Screenshots.TakeAsync(page, "sign-in");
        Assert.Empty(await Axe.FaultsAsync(page));
        await Assertions.Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("not the password");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Name or password is wrong.");
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync(name);
        await Assertions.Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByLabel("Password")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(People.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.AtAsync("**/dags/every_state/runs?state=failed");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_signs_out_is_out_everywhere_the_session_was()
    {
        var (view, _) = await People.OpenAsync(site, "viewer");
        await using var first = view;
        var cookies = await view.Context.CookiesAsync();
        await view.GoAsync("account");
        await view.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await view.Page.AtAsync("**/sign-in");

        // The cookie that was kept elsewhere opens nothing any more.
        await using var other = await View.OpenAsync(site, signedIn: false);
        await other.Context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        await other.GoAsync("dags");
        await other.Page.AtAsync("**/sign-in?return=*");
        await view.GoAsync("runs");
        await view.Page.AtAsync("**/sign-in?return=*");
        view.IsClean();
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions()
    {
        var (view, name) = await People.OpenAsync(site, "operator", "account");
        await using var here = view;
        await using var there = await View.OpenAsync(site, signedIn: false);
        await there.SignInAsync(name, People.Password, "account");

        var page = view.Page;
        await page.GetByLabel("Present password").FillAsync("wrong");
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("another quiet evening");
        await page.GetByLabel("New password again").FillAsync("another quiet evening");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByLabel("Present password").FillAsync(People.Password);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("another quiet evening");
        await page.GetByLabel("New password again").FillAsync("another quiet evening");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "The password is changed" })).ToBeVisibleAsync();
        await view.GoAsync("runs");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Runs", Level = 1 })).ToBeVisibleAsync();

        // What the other window does next leads to sign in and back.
        await there.GoAsync("runs");
        await there.Page.AtAsync("**/sign-in?return=*");
        await there.Page.GetByLabel("Name").FillAsync(name);
        await there.Page.GetByLabel("Password").FillAsync("another quiet evening");
        await there.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await there.Page.AtAsync("**/runs");
    }
}
