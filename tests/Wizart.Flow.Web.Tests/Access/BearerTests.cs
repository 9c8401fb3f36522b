using System.Net;
using System.Net.Http.Headers;

namespace Wizart.Flow.Web.Tests;

public sealed class BearerTests
{
    [Fact]
    public async Task Health_needs_no_token()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;
        var answer = await server.Get("health");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("ok", answer.Json.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("GET", "dags")]
    [InlineData("GET", "dags/x")]
    [InlineData("POST", "dags/x/runs")]
    [InlineData("POST", "dags/x/pause")]
    [InlineData("GET", "runs/1/tasks/t/logs?follow=true")]
    [InlineData("POST", "runs/1/cancel")]
    [InlineData("GET", "artifacts/abc")]
    [InlineData("PUT", "variables/x")]
    [InlineData("DELETE", "variables/x")]
    [InlineData("GET", "audit")]
    [InlineData("GET", "errors")]
    [InlineData("GET", "nothing/of/the/kind")]
    public async Task Without_a_token_everything_else_is_closed_even_from_loopback(string method, string path)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Client.DefaultRequestHeaders.Authorization = null;
        var answer = await server.Send(new HttpMethod(method), path, method is "GET" ? null : "{ not json");
        Assert.Contains("daemon.json", answer.Problem(HttpStatusCode.Unauthorized, "unauthorized"), StringComparison.Ordinal);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("Bearer", "wrong-wrong-wrong-wrong")]
    [InlineData("Bearer", "")]
    [InlineData("Bearer", ApiServer.Token + "x")]
    [InlineData("Basic", ApiServer.Token)]
    public async Task A_wrong_token_opens_nothing(string scheme, string token)
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, token);
        (await server.Get("dags")).Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task The_word_bearer_may_be_written_in_any_case()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", ApiServer.Token);
        Assert.Equal(HttpStatusCode.OK, (await server.Get("dags")).Status);
    }

    [Fact]
    public void No_tokens_open_nothing_and_short_ones_are_refused()
    {
        Assert.Null(new ApiTokens(Array.Empty<ApiToken>()).Find(""));
        Assert.Equal("api", new ApiTokens(["0123456789abcdef"]).Find("0123456789abcdef")?.Name);
        Assert.Throws<ArgumentException>(() => new ApiTokens([new ApiToken("ada", "short")]));
    }

    [Fact]
    public async Task Who_holds_the_token_stands_in_the_audit_log()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        await server.Post("dags/x/pause");
        var entry = (await server.Get("audit")).Json.EnumerateArray().First();
        Assert.Equal(("ada", "pause", "x"), (entry.GetProperty("actor").GetString(), entry.GetProperty("action").GetString(), entry.GetProperty("target").GetString()));
    }
}
