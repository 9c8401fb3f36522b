using System.Net;
using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class SignInTests
{
    [Fact]
    public async Task A_person_signs_in_and_sees_the_pages_and_the_api()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        await server.AddUser("Ada", Role.Viewer);
        using var browser = server.Browser();
        var seen = await browser.SignIn("ada", People.Password, "sign-in?return=%2Fdags%3Ftext%3Dx");
        Assert.Equal((HttpStatusCode.Redirect, "/dags?text=x"), (seen.Status, seen.Location));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("dags")).Status);
        var who = Models.Json((await browser.Get("api/v1/session")).Text);
        Assert.Equal(("Ada", "viewer", true), (who.GetProperty("name").GetString(), who.GetProperty("role").GetString(), who.GetProperty("signedIn").GetBoolean()));
        Assert.Equal("/", (await browser.Get("sign-in")).Location);
    }

    [Fact]
    public async Task The_cookie_is_closed_to_scripts_and_other_sites_and_lasts_14_days()
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("ada", Role.Viewer);
        using var browser = server.Browser();
        var cookie = (await browser.SignIn("ada", People.Password)).Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("flow_session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase); // plain http on loopback
        var expires = browser.Cookies.GetAllCookies().Single(c => c.Name == "flow_session").Expires.ToUniversalTime();
        Assert.InRange(expires - DateTime.UtcNow, TimeSpan.FromDays(13.9), TimeSpan.FromDays(14.1));
    }

    [Theory]
    [InlineData("ada", "another password")]
    [InlineData("ada", "")]
    [InlineData("bob", People.Password)]
    [InlineData("gone", People.Password)]
    [InlineData("linked", "")]
    public async Task Who_has_no_right_password_is_told_no_more_than_that(string name, string password)
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("ada", Role.Viewer);
        await server.AddUser("gone", Role.Viewer);
        await server.Access().DisableAsync("gone", disabled: true, "test");
        await server.Access().CreateAsync("linked", Role.Viewer, null, "test");
        using var browser = server.Browser();
        var seen = await browser.SignIn(name, password);
        Assert.Equal(HttpStatusCode.Unauthorized, seen.Status);
        Assert.Contains("Name or password is wrong.", seen.Text, StringComparison.Ordinal);
        Assert.Null(browser.Cookie("flow_session"));
    }

    [Fact]
    public async Task Pages_lead_to_the_sign_in_and_back_and_programs_get_problem_details()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = server.Browser();
        var page = await browser.Get("dags?text=a%20b&tag=c");
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?return=%2Fdags%3Ftext%3Da%2520b%26tag%3Dc"), (page.Status, page.Location));
        var api = await browser.Get("api/v1/dags");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (api.Status, api.Response.Content.Headers.ContentType?.MediaType));

        using var fragment = new HttpRequestMessage(HttpMethod.Get, "dags");
        fragment.Headers.Add("HX-Request", "true");
        fragment.Headers.Add("HX-Current-URL", server.Url + "/dags?text=x");
        var htmx = await Seen.OfAsync(await browser.Http.SendAsync(fragment));
        Assert.Equal((HttpStatusCode.Unauthorized, "/sign-in?return=%2Fdags%3Ftext%3Dx"), (htmx.Status, htmx.Header("HX-Redirect")));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%09/evil.example")]
    [InlineData("/a\\b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/sign-out")]
    [InlineData("")]
    public async Task Only_a_path_of_this_daemon_is_gone_back_to(string target)
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("ada", Role.Viewer);
        using var browser = server.Browser();
        var decoded = Uri.UnescapeDataString(target);
        var seen = await browser.SignIn("ada", People.Password, $"sign-in?return={Uri.EscapeDataString(decoded)}");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (seen.Status, seen.Location));
        using var other = server.Browser();
        var forged = await other.Fill("sign-in", "sign-in", ("name", "ada"), ("password", People.Password), ("return", decoded));
        Assert.Equal("/", forged.Location);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_who_copied_the_cookie()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = await server.SignedIn("ada", Role.Viewer);
        using var thief = server.Browser();
        thief.Cookies.Add(new Uri(server.Url), new Cookie("flow_session", browser.Cookie("flow_session")));
        Assert.Equal(HttpStatusCode.OK, (await thief.Get("api/v1/session")).Status);

        var seen = await browser.Fill("account", "sign-out");
        Assert.Equal("/sign-in", seen.Location);
        Assert.Null(browser.Cookie("flow_session"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.Get("api/v1/session")).Status);
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_this_one_goes_on()
    {
        await using var server = await ApiServer.StartAsync();
        using var here = await server.SignedIn("ada", Role.Viewer);
        using var there = await server.SignInAgain("ada");
        Assert.Equal(HttpStatusCode.BadRequest, (await Change(here, "wrong wrong wrong", "another long one", "another long one")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Change(here, People.Password, "another long one", "a different one")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Change(here, People.Password, "short", "short")).Status);
        Assert.Equal(HttpStatusCode.OK, (await there.Get("account")).Status);

        Assert.Equal("/account?changed=true", (await Change(here, People.Password, "another long one", "another long one")).Location);
        Assert.Contains("The password is changed", (await here.Get("account?changed=true")).Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in?return=%2Faccount", (await there.Get("account")).Location);
        using var again = await server.SignInAgain("ada", "another long one");

        static Task<Seen> Change(Browser browser, string old, string password, string twice) =>
            browser.Fill("account", "account/password", ("old", old), ("password", password), ("again", twice));
    }

    [Fact]
    public async Task A_session_ends_when_its_user_is_disabled_or_removed_and_follows_the_role()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        await server.AddUser("root", Role.Admin);
        using var ada = await server.SignedIn("ada", Role.Viewer);
        using var bob = await server.SignedIn("bob", Role.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.Get("api/v1/audit")).Status);
        await server.Access().SetRoleAsync("ada", Role.Author, "root");
        Assert.Equal(HttpStatusCode.OK, (await ada.Get("api/v1/audit")).Status);

        await server.Access().DisableAsync("ada", disabled: true, "root");
        await server.Access().RemoveAsync("bob", "root");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Get("api/v1/session")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bob.Get("api/v1/session")).Status);
        await server.Access().DisableAsync("ada", disabled: false, "root");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Get("api/v1/session")).Status);
    }

    [Fact]
    public async Task A_session_slides_while_it_is_used_and_ends_14_days_after()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await ApiServer.StartWithAsync(time: time);
        using var browser = await server.SignedIn("ada", Role.Viewer);
        var first = browser.Cookie("flow_session");
        for (var week = 0; week < 4; week++)
        {
            time.Advance(TimeSpan.FromDays(7));
            Assert.Equal(HttpStatusCode.OK, (await browser.Get("api/v1/session")).Status);
        }

        Assert.NotEqual(first, browser.Cookie("flow_session"));
        time.Advance(TimeSpan.FromDays(14.1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("api/v1/session")).Status);
    }

    [Fact]
    public async Task Who_guesses_waits_longer_and_longer_and_the_right_password_counts_after_the_wait()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await ApiServer.StartWithAsync(time: time);
        await server.AddUser("ada", Role.Viewer);
        using var browser = server.Browser();
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignIn("ada", "a wrong password")).Status);
        var early = await browser.SignIn("ADA", People.Password);
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (early.Status, early.Header("Retry-After")));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignIn("ada", "a wrong password")).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignIn("ada", People.Password)).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn("ada", People.Password)).Status);
    }

    [Fact]
    public async Task Signing_in_and_out_stands_in_the_audit_log_with_the_address()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = await server.SignedIn("ada", Role.Author);
        await browser.Fill("account", "sign-out");
        var entries = (await server.Get("audit?actor=ada")).Json.EnumerateArray().Select(e => (e.GetProperty("action").GetString(), e.GetProperty("address").GetString()));
        Assert.Equal([("sign out", "127.0.0.1"), ("sign in", "127.0.0.1")], entries);
    }
}
