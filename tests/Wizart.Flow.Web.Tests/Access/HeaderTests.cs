using System.Net;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("sign-in")]
    [InlineData("account")]
    [InlineData("api/v1/dags")]
    [InlineData("nothing/there")]
    public async Task Every_answer_keeps_the_browser_from_running_what_is_not_ours(string path)
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = await server.SignedIn("ada", Role.Viewer);
        var seen = await browser.Get(path);
        Assert.Equal(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'",
            seen.Header("Content-Security-Policy"));
        Assert.Equal(("nosniff", "same-origin"), (seen.Header("X-Content-Type-Options"), seen.Header("Referrer-Policy")));
    }

    [Fact]
    public async Task Pages_are_kept_by_nobody()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = await server.SignedIn("ada", Role.Admin);
        foreach (var page in (string[])["account", "users", "tokens", "audit", "dags", "nothing/there"])
            Assert.Contains("no-store", (await browser.Get(page)).Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", false)]
    [InlineData("http://0.0.0.0:0", true)]
    [InlineData("http://[::1]:0", false)]
    public async Task Who_listens_to_others_without_tls_is_warned(string url, bool warned)
    {
        await using var server = await ApiServer.StartWithAsync(url: url);
        using var browser = new Browser(server.Url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        Assert.Equal(warned, (await browser.Get("sign-in")).Text.Contains("open to the network without TLS", StringComparison.Ordinal));
        await server.AddUser("ada", Role.Viewer);
        await browser.SignIn("ada", People.Password);
        Assert.Equal(warned, (await browser.Get("dags")).Text.Contains("open to the network without TLS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_tls_nobody_is_warned()
    {
        await using var server = await ApiServer.StartWithAsync(new AccessOptions { TrustedProxies = "127.0.0.1" }, url: "http://0.0.0.0:0");
        using var browser = new Browser(server.Url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.DoesNotContain("without TLS", (await browser.Get("sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("sign-in")).Status);
    }

    [Fact]
    public void Password_hashes_have_salt_rounds_and_are_renewed_when_older()
    {
        var hashes = new PasswordHashes();
        var (one, other) = (hashes.Of(People.Password), hashes.Of(People.Password));
        Assert.NotEqual(one, other);
        Assert.Equal(PasswordCheck.Right, hashes.Check(one, People.Password));
        Assert.Equal(PasswordCheck.Wrong, hashes.Check(one, People.Password + "x"));
        Assert.Equal(PasswordCheck.Wrong, hashes.Check(null, People.Password));
        var older = new Microsoft.AspNetCore.Identity.PasswordHasher<object>().HashPassword(new object(), People.Password);
        Assert.Equal(PasswordCheck.RightButOld, hashes.Check(older, People.Password));
    }
}
