using System.Net;
using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class LinkTests
{
    [Fact]
    public async Task The_first_link_makes_an_admin_once()
    {
        await using var server = await ApiServer.StartAsync();
        var path = $"sign-in/once/{await server.Access().FirstLinkAsync()}";
        using var browser = server.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(path)).Status);
        Assert.Contains("choose a name", (await browser.Get(path)).Text, StringComparison.Ordinal); // looking does not use it up
        var wrong = await Fill(browser, path, "root", "short", "short");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("too short", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("differ", (await Fill(browser, path, "root", People.Password, "another")).Text, StringComparison.Ordinal);
        Assert.Contains("the daemon itself", (await Fill(browser, path, "local", People.Password, People.Password)).Text, StringComparison.Ordinal);

        var done = await Fill(browser, path, "root", People.Password, People.Password);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (done.Status, done.Location));
        Assert.Equal("admin", Models.Json((await browser.Get("api/v1/session")).Text).GetProperty("role").GetString());

        using var late = server.Browser();
        var used = await late.Get(path);
        Assert.Equal(HttpStatusCode.NotFound, used.Status);
        Assert.Contains("used up", used.Text, StringComparison.Ordinal);
        Assert.Null(await server.Access().FirstLinkAsync());
    }

    [Fact]
    public async Task Of_two_who_use_the_first_link_one_is_let_in()
    {
        await using var server = await ApiServer.StartAsync();
        var path = $"sign-in/once/{await server.Access().FirstLinkAsync()}";
        using var one = server.Browser();
        using var other = server.Browser();
        var pages = await Task.WhenAll(one.Get(path), other.Get(path));
        var answers = await Task.WhenAll(
            one.Send(pages[0], path, ("name", "ann"), ("password", People.Password), ("again", People.Password)),
            other.Send(pages[1], path, ("name", "bob"), ("password", People.Password), ("again", People.Password)));
        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
        Assert.Single(await server.Services.GetUsers());
    }

    [Fact]
    public async Task The_first_link_is_over_after_30_minutes_a_newer_one_or_an_admin()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await ApiServer.StartWithAsync(time: time);
        using var browser = server.Browser();
        var first = await server.Access().FirstLinkAsync();
        var second = await server.Access().FirstLinkAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"sign-in/once/{first}")).Status);
        time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"sign-in/once/{second}")).Status);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"sign-in/once/{second}")).Status);

        var third = await server.Access().FirstLinkAsync();
        await server.AddUser("root", Role.Admin);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"sign-in/once/{third}")).Status);
    }

    [Fact]
    public async Task A_link_of_a_user_sets_the_password_and_ends_the_sessions()
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("root", Role.Admin);
        using var before = await server.SignedIn("ada", Role.Operator);
        var path = $"sign-in/once/{await server.Access().LinkAsync("ada", "root")}";
        using var browser = server.Browser();
        Assert.Contains("Choose a password for ada.", (await browser.Get(path)).Text, StringComparison.Ordinal);
        var done = await Fill(browser, path, "root", "quite another one", "quite another one"); // the name of the form counts for nothing
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        Assert.Equal("ada", Models.Json((await browser.Get("api/v1/session")).Text).GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.Get("api/v1/session")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(path)).Status);
        using var root = await server.SignInAgain("root");
    }

    [Fact]
    public async Task A_link_of_a_user_who_was_disabled_lets_nobody_in()
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("root", Role.Admin);
        await server.AddUser("ada", Role.Operator);
        var path = $"sign-in/once/{await server.Access().LinkAsync("ada", "root")}";
        await server.Access().DisableAsync("ada", disabled: true, "root");
        using var browser = server.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await Fill(browser, path, "ada", "quite another one", "quite another one")).Status);
        await Assert.ThrowsAsync<Engine.Commands.FlowCommandException>(() => server.Access().LinkAsync("ada", "root"));
    }

    private static Task<Seen> Fill(Browser browser, string path, string name, string password, string again) =>
        browser.Fill(path, path, ("name", name), ("password", password), ("again", again));
}
