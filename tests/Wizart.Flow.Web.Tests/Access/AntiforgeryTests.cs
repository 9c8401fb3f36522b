using System.Net;
using System.Text.RegularExpressions;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed partial class AntiforgeryTests
{
    [Fact]
    public async Task A_cookie_alone_changes_nothing_by_the_api()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var browser = await server.SignedIn("ada", Role.Operator);
        using var post = await browser.Http.PostAsync("api/v1/dags/x/pause", null);
        Assert.Equal("antiforgery", Models.Json(await post.Content.ReadAsStringAsync()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode);
        Assert.False((await server.Get("dags/x")).Json.GetProperty("paused").GetBoolean());
    }

    [Fact]
    public async Task A_script_of_our_page_sends_the_token_in_a_header()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var browser = await server.SignedIn("ada", Role.Operator);
        var token = Token().Match((await browser.Get("account")).Text).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/dags/x/pause");
        request.Headers.Add("X-CSRF-TOKEN", token);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.SendAsync(request)).StatusCode);

        using var other = await server.SignedIn("bob", Role.Operator);
        using var stolen = new HttpRequestMessage(HttpMethod.Post, "api/v1/dags/x/unpause");
        stolen.Headers.Add("X-CSRF-TOKEN", token);
        await other.Get("account");
        Assert.Equal(HttpStatusCode.BadRequest, (await other.Http.SendAsync(stolen)).StatusCode);
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("sign-out")]
    [InlineData("sign-in/once/abc")]
    public async Task Forms_for_anybody_are_refused_without_their_token(string path)
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = server.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post(path, [new("name", "ada"), new("password", "x")])).Status);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("users/ada/disable")]
    [InlineData("tokens")]
    [InlineData("tokens/1/revoke")]
    [InlineData("account/password")]
    [InlineData("sign-out")]
    [InlineData("dags/x/pause")]
    public async Task Forms_of_who_is_signed_in_are_refused_without_their_token(string path)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var browser = await server.SignedIn("ada", Role.Admin);
        var seen = await browser.Post(path, [new("name", "eve")]);
        Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
        Assert.Contains("Please try again", seen.Text, StringComparison.Ordinal);
        Assert.Single(await server.Services.GetUsers());
    }

    [Fact]
    public async Task A_token_needs_none_and_never_falls_back_on_the_cookie()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var browser = await server.SignedIn("ada", Role.Admin);
        Assert.Equal(HttpStatusCode.OK, (await server.Post("dags/x/pause")).Status);
        browser.Http.DefaultRequestHeaders.Authorization = new("Bearer", "flow_nonsense-nonsense-nonsense");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("api/v1/dags")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("dags")).Status);
        browser.Http.DefaultRequestHeaders.Authorization = new("Basic", "YWRhOng=");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("api/v1/dags")).Status);
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
