using System.Net;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Providers.Http.Tests;

public class HttpApiExceptionTests
{
    [Fact]
    public async Task It_says_method_url_status_and_the_beginning_of_the_body()
    {
        var body = "{\"error\":\"no such shop\"}" + new string('x', 5000);
        await using var server = await ApiServer.Start(Answers.Json(body, 400));

        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api().Post("/orders?x=1", new { }));

        Assert.Equal(("shop", "POST", $"{server.Url}/orders?x=1", HttpStatusCode.BadRequest), (error.ConnectionId, error.Method, error.Url, error.Status));
        Assert.StartsWith($"POST {server.Url}/orders?x=1 (connection 'shop') answered 400 Bad Request.", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such shop", error.Message, StringComparison.Ordinal);
        Assert.Equal(2049, error.Body!.Length);
    }

    [Theory]
    [InlineData(401, "has no credentials: add 'token', or 'username' and 'password'")]
    [InlineData(403, "may not do this")]
    [InlineData(404, "Check the path, and 'url' of connection 'shop'")]
    [InlineData(429, "Too many requests")]
    public async Task It_says_what_to_do(int status, string advice)
    {
        await using var server = await ApiServer.Start(Answers.Status(status));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api(("retries", "0")).GetText("/"));
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_credentials_are_told_from_missing_ones()
    {
        await using var server = await ApiServer.Start(Answers.Status(401));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api(("token", "t0ken")).GetText("/"));
        Assert.Contains("does not accept the credentials of connection 'shop'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_never_shows_a_secret()
    {
        await using var server = await ApiServer.Start(async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($"bad header {context.Request.Headers.Authorization} {context.Request.Headers["X-Api-Key"]}");
        });
        var url = server.Url.Replace("http://", "http://ann:hunter2@") + "/api?api_key=abcdef";
        var api = server.Api(("url", url), ("token", "t0ken-value"), ("header.X-Api-Key", "k3y-value"));

        var error = await Assert.ThrowsAsync<HttpApiException>(() => api.GetText("/orders?sig=xyz123&page=2"));

        Assert.Contains("bad header Bearer *** ***", error.Message, StringComparison.Ordinal);
        Assert.Contains("/api/orders?api_key=***&sig=***&page=2", error.Url, StringComparison.Ordinal);
        foreach (var secret in new[] { "hunter2", "abcdef", "t0ken-value", "k3y-value", "xyz123" })
            Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_something_else_is_shown_with_the_place()
    {
        await using var server = await ApiServer.Start(Answers.Json("""[{"amount":"many"}]"""));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api().Get<Row[]>("/"));
        Assert.Equal(HttpStatusCode.OK, error.Status);
        Assert.Contains("$[0].amount", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"many\"", error.Body, StringComparison.Ordinal);
        Assert.Contains("application/json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "without a body")]
    [InlineData("null", "with null")]
    public async Task An_answer_with_nothing_in_it_is_an_error(string body, string message)
    {
        await using var server = await ApiServer.Start(Answers.Json(body));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api().Get<Row[]>("/"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_bodies_are_not_shown()
    {
        await using var server = await ApiServer.Start(async context =>
        {
            context.Response.StatusCode = 400;
            context.Response.ContentType = "image/png";
            await context.Response.Body.WriteAsync(new byte[] { 1, 0, 2 });
        });
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api().GetText("/"));
        Assert.Equal("(3 bytes of image/png)", error.Body);
    }

    [Fact]
    public async Task An_unknown_host_is_named()
    {
        await using var server = await ApiServer.Start(Answers.Status(200));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api(("url", "http://no-such-host.invalid"), ("retries", "0")).GetText("/"));
        Assert.Contains("no-such-host.invalid", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check 'url' of connection 'shop'", error.Message, StringComparison.Ordinal);
    }

    private sealed record Row(decimal Amount);
}
