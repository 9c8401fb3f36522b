using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Providers.Http.Tests;

public class RetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_passing_failure_is_tried_again_and_logged(int status)
    {
        await using var server = await ApiServer.Start(Answers.Status(status), Answers.Status(status), Answers.Json("1"));

        Assert.Equal(1, await server.Api().Get<int>("/orders"));

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(2, server.Log.Count);
        Assert.Contains($"shop: GET {server.Url}/orders answered {status}; try 2 of 4 in ", server.Log[0].Message, StringComparison.Ordinal);
        Assert.Contains("try 3 of 4", server.Log[1].Message, StringComparison.Ordinal);
        Assert.All(server.Log, line => Assert.Equal(LogLevel.Warning, line.Level));
    }

    [Fact]
    public async Task It_gives_up_after_the_set_number_of_retries()
    {
        await using var server = await ApiServer.Start(Answers.Status(503));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api(("retries", "2")).Delete("/"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, error.Status);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(2, server.Time.Waits.Count);
    }

    [Fact]
    public async Task The_default_is_three_retries_and_zero_is_none()
    {
        await using var server = await ApiServer.Start(Answers.Status(503));
        await Assert.ThrowsAsync<HttpApiException>(() => server.Api().GetText("/"));
        Assert.Equal(4, server.Requests.Count);
        await Assert.ThrowsAsync<HttpApiException>(() => server.Api(("retries", "0")).GetText("/"));
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task A_lasting_failure_is_not_tried_again(int status)
    {
        await using var server = await ApiServer.Start(Answers.Status(status));
        await Assert.ThrowsAsync<HttpApiException>(() => server.Api().GetText("/"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_post_is_not_sent_twice()
    {
        await using var server = await ApiServer.Start(Answers.Status(503));
        await Assert.ThrowsAsync<HttpApiException>(() => server.Api().Post("/", new { }));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_post_with_an_idempotency_key_is_tried_again_with_the_same_body()
    {
        await using var server = await ApiServer.Start(Answers.Status(503), Answers.Json("1"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("body") };
        request.Headers.Add("Idempotency-Key", "k");

        using var response = await server.Api().Send(request);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal([("body", "k"), ("body", "k")], server.Requests.Select(r => (r.Body, r.Headers["Idempotency-Key"])));
    }

    [Fact]
    public async Task Retry_after_in_seconds_is_honoured()
    {
        await using var server = await ApiServer.Start(Answers.Status(429, ("Retry-After", "7")), Answers.Json("1"));
        await server.Api().Get<int>("/");
        Assert.Equal([TimeSpan.FromSeconds(7)], server.Time.Waits);
    }

    [Fact]
    public async Task Retry_after_as_a_date_is_honoured()
    {
        var date = TimeProvider.System.GetUtcNow().AddSeconds(40);
        await using var server = await ApiServer.Start(Answers.Status(503, ("Retry-After", date.ToString("R"))), Answers.Json("1"));
        await server.Api().Get<int>("/");
        Assert.InRange(Assert.Single(server.Time.Waits), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task A_long_retry_after_is_left_to_the_task()
    {
        await using var server = await ApiServer.Start(Answers.Status(429, ("Retry-After", "3600")));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api().GetText("/"));
        Assert.Single(server.Requests);
        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
        Assert.Contains("it asks to wait 3600 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_grow()
    {
        await using var server = await ApiServer.Start(Answers.Status(503));
        await Assert.ThrowsAsync<HttpApiException>(() => server.Api(("retries", "8")).GetText("/"));
        var waits = server.Time.Waits;
        Assert.Equal(8, waits.Count);
        Assert.True(waits.Skip(4).Sum(w => w.TotalSeconds) > waits.Take(4).Sum(w => w.TotalSeconds));
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_an_answer_is_tried_again()
    {
        await using var server = await ApiServer.Start(
            async context =>
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("[1,");
                await context.Response.Body.FlushAsync();
                context.Abort();
            },
            Answers.Json("[1,2]"));
        var answer = await server.Api().Get<int[]>("/");
        Assert.Equal([1, 2], answer);
        Assert.Equal(2, server.Requests.Count);
        Assert.Contains("failed (", server.Log.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_answer_is_given_up_and_tried_again()
    {
        ApiServer? server = null;
        server = await ApiServer.Start(context => TooLong(server!, context), Answers.Json("1"));
        await using var ending = server;
        Assert.Equal(1, await server.Api().Get<int>("/"));
        Assert.Contains("did not answer within 100 s; try 2 of 4", server.Log.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_gives_an_error_that_names_the_setting()
    {
        ApiServer? server = null;
        server = await ApiServer.Start(context => TooLong(server!, context));
        await using var ending = server;
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api(("timeout", "2m"), ("retries", "1")).GetText("/slow"));
        Assert.Equal(2, server.Requests.Count);
        Assert.Null(error.Status);
        Assert.Contains("did not answer within 120 s. If it needs longer, raise 'timeout' of connection 'shop'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_that_was_not_answered_in_time_is_not_sent_twice()
    {
        ApiServer? server = null;
        server = await ApiServer.Start(context => TooLong(server!, context));
        await using var ending = server;
        await Assert.ThrowsAsync<HttpApiException>(() => server.Api().Post("/", new { }));
        Assert.Single(server.Requests);
    }

    private static Task TooLong(ApiServer server, HttpContext context)
    {
        server.Time.EndLongWaits();
        return Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_even_for_a_post_and_says_where()
    {
        await using var server = await ApiServer.Start(Answers.Status(200));
        var port = FreePort();
        var error = await Assert.ThrowsAsync<HttpApiException>(() =>
            server.Api(("url", $"http://ann:s3cret@127.0.0.1:{port}/api")).Post("/orders", new { }));
        Assert.Equal(3, server.Log.Count);
        Assert.Contains($"nothing listens at 127.0.0.1:{port} (connection refused)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check 'url' of connection 'shop'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error + string.Join('\n', server.Log), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
