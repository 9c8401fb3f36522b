using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Http.Tests;

public class HttpApiTests
{
    private sealed record Order(string Country, decimal Amount, Level Level = Level.Low);

    private enum Level
    {
        Low,
        High,
    }

    [Fact]
    public async Task Get_reads_json_whatever_the_case_of_its_names()
    {
        await using var server = await ApiServer.Start(Answers.Json("""[{"country":"BY","Amount":12.5,"level":"High"}]"""));
        Assert.Equal([new Order("BY", 12.5m, Level.High)], await server.Api().Get<Order[]>("/orders"));
    }

    [Fact]
    public async Task Values_in_a_path_arrive_as_they_were()
    {
        await using var server = await ApiServer.Start(context =>
            context.Response.WriteAsJsonAsync(new[] { context.Request.Query["from"].ToString(), context.Request.Query["tag"].ToString() }));
        var from = new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.FromHours(3));

        var seen = await server.Api().Get<string[]>($"/orders?from={from:O}&tag={"a b&c=d"}");

        Assert.Equal(["2026-11-01T06:00:00.0000000+03:00", "a b&c=d"], seen);
        Assert.Contains("%2B03%3A00", server.Requests.Single().Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_writes_camel_case_json_with_enums_by_name()
    {
        await using var server = await ApiServer.Start(Answers.Json("7"));

        var id = await server.Api().Post<int>("/orders", new Order("BY", 1.5m, Level.High));

        Assert.Equal(7, id);
        var request = Assert.Single(server.Requests);
        Assert.Equal("""{"country":"BY","amount":1.5,"level":"High"}""", request.Body);
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Each_verb_is_sent_with_its_body()
    {
        await using var server = await ApiServer.Start(Answers.Status(204));
        var api = server.Api();
        await api.Put("/a", new[] { 1 });
        await api.Patch("/b", new { Name = "x" });
        await api.Delete("/c");
        await api.Post("/d", new StringContent("plain", Encoding.UTF8, "text/plain"));

        Assert.Equal(
            ["PUT /a [1]", "PATCH /b {\"name\":\"x\"}", "DELETE /c ", "POST /d plain"],
            server.Requests.Select(r => $"{r.Method} {r.Target} {r.Body}"));
    }

    [Fact]
    public async Task Text_and_bytes_come_as_they_are_and_unpacked()
    {
        await using var server = await ApiServer.Start(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync("привет"u8.ToArray());
        });
        Assert.Equal("привет", await server.Api().GetText("/"));
        Assert.Equal("привет"u8.ToArray(), await server.Api().GetBytes("/"));
        Assert.Contains("gzip", server.Requests.First().Headers["Accept-Encoding"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/orders?x=1", "/orders?x=1")]
    [InlineData("/api/v1", "/orders?x=1", "/api/v1/orders?x=1")]
    [InlineData("/api/v1/", "orders", "/api/v1/orders")]
    [InlineData("/api/v1", "", "/api/v1")]
    [InlineData("/api/v1", "?x=1", "/api/v1?x=1")]
    [InlineData("/api?tenant=a", "/orders?x=1", "/api/orders?tenant=a&x=1")]
    [InlineData("/api", "/a%2Fb", "/api/a%2Fb")]
    public async Task A_path_goes_behind_the_base_path(string basePath, string path, string target)
    {
        await using var server = await ApiServer.Start(Answers.Json("1"));
        await server.Api(("url", server.Url + basePath)).Get<int>(path);
        Assert.Equal(target, server.Requests.Single().Target);
    }

    [Fact]
    public async Task A_token_goes_as_bearer_and_headers_and_agent_as_set()
    {
        await using var server = await ApiServer.Start(Answers.Json("1"));
        await server.Api(("token", "t0ken"), ("header.X-Shop", "42"), ("userAgent", "tests/1")).Get<int>("/");
        var headers = server.Requests.Single().Headers;
        Assert.Equal("Bearer t0ken", headers["Authorization"]);
        Assert.Equal("42", headers["X-Shop"]);
        Assert.Equal("tests/1", headers["User-Agent"]);
    }

    [Theory]
    [InlineData("http://", true)]
    [InlineData("http://ann:p%40ss@", false)]
    public async Task A_user_goes_as_basic(string scheme, bool bySettings)
    {
        await using var server = await ApiServer.Start(Answers.Json("1"));
        var url = ("url", server.Url.Replace("http://", scheme));
        var api = bySettings ? server.Api(url, ("username", "ann"), ("password", "p@ss")) : server.Api(url);
        await api.Get<int>("/");
        Assert.Equal("Basic " + Convert.ToBase64String("ann:p@ss"u8), server.Requests.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task Credentials_stay_at_home()
    {
        await using var home = await ApiServer.Start(Answers.Json("1"));
        await using var other = await ApiServer.Start(Answers.Json("2"));
        var api = home.Api(("token", "t0ken"), ("header.X-Api-Key", "k3y"));

        Assert.Equal(1, await api.Get<int>($"{home.Url:raw}/a"));
        Assert.Equal(2, await api.Get<int>(other.Url + "/a"));

        Assert.Equal("Bearer t0ken", home.Requests.Single().Headers["Authorization"]);
        Assert.DoesNotContain("Authorization", other.Requests.Single().Headers.Keys);
        Assert.DoesNotContain("X-Api-Key", other.Requests.Single().Headers.Keys);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_takes_credentials_only_to_the_own_server()
    {
        await using var other = await ApiServer.Start(Answers.Json("2"));
        await using var home = await ApiServer.Start(context =>
        {
            context.Response.Redirect(context.Request.Path == "/a" ? "/b" : other.Url + "/c");
            return Task.CompletedTask;
        });

        Assert.Equal(2, await home.Api(("token", "t0ken")).Get<int>("/a"));

        Assert.All(home.Requests, r => Assert.Equal("Bearer t0ken", r.Headers["Authorization"]));
        Assert.Equal(["/a", "/b"], home.Requests.Select(r => r.Target));
        Assert.DoesNotContain("Authorization", other.Requests.Single().Headers.Keys);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end_with_an_error()
    {
        await using var server = await ApiServer.Start(Answers.Status(302, ("Location", "/again")));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api().GetText("/"));
        Assert.Equal(11, server.Requests.Count);
        Assert.Contains("/again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_that_is_redirected_with_307_keeps_its_body()
    {
        await using var server = await ApiServer.Start(Answers.Status(307, ("Location", "/moved")), Answers.Json("1"));
        Assert.Equal(1, await server.Api().Post<int>("/", new { A = 1 }));
        Assert.Equal(["POST {\"a\":1}", "POST {\"a\":1}"], server.Requests.Select(r => $"{r.Method} {r.Body}"));
    }

    [Fact]
    public async Task Send_gives_the_answer_whatever_its_status()
    {
        await using var server = await ApiServer.Start(Answers.Json("{}", 418));
        using var request = new HttpRequestMessage(HttpMethod.Options, "/pot?x=1") { Content = new StringContent("tea") };
        request.Headers.Add("X-One", "1");

        using var response = await server.Api(("token", "t0ken")).Send(request);

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        var seen = server.Requests.Single();
        Assert.Equal(("OPTIONS", "/pot?x=1", "tea", "1", "Bearer t0ken"), (seen.Method, seen.Target, seen.Body, seen.Headers["X-One"], seen.Headers["Authorization"]));
    }

    [Fact]
    public async Task An_attempt_that_ends_ends_its_calls()
    {
        using var attempt = new CancellationTokenSource();
        await using var server = await ApiServer.Start(async context =>
        {
            await attempt.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Api(attempt.Token).GetText("/"));
    }

    [Fact]
    public async Task A_call_has_a_cancellation_of_its_own()
    {
        using var call = new CancellationTokenSource();
        await using var server = await ApiServer.Start(async context =>
        {
            await call.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Api().GetText("/", call.Token));
    }

    [Fact]
    public async Task Tests_can_answer_instead_of_the_network()
    {
        using var handler = new Fake();
        var api = new HttpApi(
            new ConnectionSettings("shop", "http", new Dictionary<string, string> { ["url"] = "https://shop.example/api" }),
            new ConnectionScope(TimeProvider.System, (_, _) => { }, CancellationToken.None),
            handler);
        Assert.Equal("https://shop.example/api/orders", await api.Get<string>("/orders"));
    }

    [Fact]
    public async Task The_connection_type_builds_it()
    {
        await using var server = await ApiServer.Start(Answers.Json("1"));
        var type = new ConnectionTypes().AddHttp().Find(typeof(HttpApi))!;
        Assert.Equal(["http"], type.Kinds);
        var api = (HttpApi)type.Build(
            new ConnectionSettings("shop", "http", new Dictionary<string, string> { ["URL"] = server.Url }),
            new ConnectionScope(TimeProvider.System, (_, _) => { }, CancellationToken.None));
        Assert.Equal(1, await api.Get<int>("/"));
    }

    private sealed class Fake : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent($"\"{request.RequestUri}\"") });
    }
}
