using System.Net;
using System.Text.RegularExpressions;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class ProxyTests
{
    [Fact]
    public async Task Below_a_path_pages_links_and_cookies_stay_below_it()
    {
        await using var server = await ApiServer.StartWithAsync(new AccessOptions { PathBase = "/flow" });
        await server.AddUser("ada", Role.Viewer);
        using var browser = new Browser(server.Url + "/flow");
        Assert.Equal("/flow/sign-in?return=%2Fdags", (await browser.Get("dags")).Location);
        var seen = await browser.SignIn("ada", People.Password, "sign-in?return=%2Fdags");
        Assert.Equal("/flow/dags", seen.Location);
        Assert.Equal("/flow", browser.Cookies.GetAllCookies().Single(c => c.Name == "flow_session").Path);
        Assert.Contains("<base href=\"/flow/\"", (await browser.Get("account")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("api/v1/session")).Status);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.0.2.0/24, 127.0.0.0/8")]
    public async Task A_trusted_proxy_says_where_a_request_comes_from(string proxies)
    {
        await using var server = await ApiServer.StartWithAsync(new AccessOptions { TrustedProxies = proxies });
        await server.AddUser("ada", Role.Viewer);
        // The cookies are for https only, which the browser's side of the proxy speaks: here they are carried by hand.
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/orders");
        using var page = await client.GetAsync("dags");
        Assert.Equal("/orders/sign-in?return=%2Fdags", page.Headers.Location?.OriginalString);
        using var form = await client.GetAsync("sign-in");
        client.DefaultRequestHeaders.Add("Cookie", Cookie(form, "flow_csrf").Split(';')[0]);
        var token = Regex.Match(await form.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value;
        using var fields = new FormUrlEncodedContent([new("name", "ada"), new("password", People.Password), new("__RequestVerificationToken", token)]);
        using var signedIn = await client.PostAsync("sign-in", fields);
        var cookie = Cookie(signedIn, "flow_session");
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/orders", cookie, StringComparison.OrdinalIgnoreCase);
        var entry = (await server.Get("audit?action=sign%20in")).Json.EnumerateArray().Single();
        Assert.Equal("198.51.100.7", entry.GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.1")]
    public async Task Nobody_else_is_believed(string proxies)
    {
        await using var server = await ApiServer.StartWithAsync(new AccessOptions { TrustedProxies = proxies });
        server.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        server.Client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/evil");
        Assert.Equal("127.0.0.1", (await server.Get("session")).Json.GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.0.0.0/8, ::1", true)]
    [InlineData("", true)]
    [InlineData("proxy.example", false)]
    [InlineData("10.0.0.0/99", false)]
    public void Proxies_are_addresses_and_networks(string proxies, bool taken) => Assert.Equal(taken, ProxyRules.WhyNotProxies(proxies) is null);

    [Theory]
    [InlineData("", true)]
    [InlineData("/flow", true)]
    [InlineData("/a/b", true)]
    [InlineData("flow", false)]
    [InlineData("/flow/", false)]
    [InlineData("/", false)]
    [InlineData("/a//b", false)]
    [InlineData("/a b", false)]
    public void A_path_base_is_a_path(string path, bool taken) => Assert.Equal(taken, ProxyRules.WhyNotPath(path) is null);

    private static string Cookie(HttpResponseMessage response, string name) =>
        response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal));
}
