using System.Net;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Http.Tests;

public class LoadCallTests
{
    [Fact]
    public async Task Get_gives_the_answer_as_it_is()
    {
        await using var server = await ApiServer.Start(Answers.Json("[1,2]"));
        var answer = await server.Api().Get("/numbers");
        Assert.Equal((HttpStatusCode.OK, "application/json", "[1,2]"), (answer.Status, answer.ContentType, answer.Text()));
        Assert.Equal([1, 2], answer.Json<int[]>()!);
        Assert.Null(Values.StorableTypes.WhyNot(typeof(HttpAnswer)));
    }

    [Fact]
    public async Task Get_throws_on_a_failing_status_outside_of_load_tests()
    {
        await using var server = await ApiServer.Start(Answers.Status(404));
        var error = await Assert.ThrowsAsync<HttpApiException>(() => server.Api().Get("/gone"));
        Assert.Equal(HttpStatusCode.NotFound, error.Status);
    }

    [Fact]
    public async Task Within_a_load_test_a_call_is_one_request_and_its_status_counts()
    {
        await using var server = await ApiServer.Start(Answers.Status(503, ("Retry-After", "7")));
        var call = await InLoadTest(() => server.Api().Get("/busy?secret=1"));
        Assert.Single(server.Requests);
        Assert.Equal((503, "GET /busy", 7.Seconds()), (call.FailedStatus, call.FailedRequest, call.RetryAfter));
    }

    [Fact]
    public async Task Within_a_load_test_other_calls_throw_and_count_as_well()
    {
        await using var server = await ApiServer.Start(Answers.Status(500));
        var call = await InLoadTest(() => Assert.ThrowsAsync<HttpApiException>(() => server.Api().Get<int>("/broken")));
        Assert.Single(server.Requests);
        Assert.Equal(500, call.FailedStatus);
    }

    [Fact]
    public async Task Within_a_load_test_redirects_are_not_followed()
    {
        await using var server = await ApiServer.Start(Answers.Status(302, ("Location", "/elsewhere")));
        var call = await InLoadTest(() => server.Api().Get("/"));
        Assert.Single(server.Requests);
        Assert.Equal(302, call.FailedStatus);
    }

    [Fact]
    public async Task Only_servers_that_allow_it_are_load_tested()
    {
        await using var server = await ApiServer.Start(Answers.Json("1"));
        var refused = await Assert.ThrowsAsync<Fail>(() => InLoadTest(() => server.Api(("url", "http://shop.invalid")).Get("/")));
        Assert.Contains("\"loadTest\": true", refused.Message, StringComparison.Ordinal);

        // Allowed: it is tried, and not found.
        await Assert.ThrowsAsync<HttpApiException>(() => InLoadTest(() => server.Api(("url", "http://shop.invalid"), ("loadTest", "true")).Get("/")));
        await Assert.ThrowsAsync<Fail>(() => InLoadTest(() => server.Api(("loadTest", "true")).Get("http://other.invalid/")));
        Assert.Contains("neither true nor false", Assert.Throws<ConnectionException>(() => server.Api(("loadTest", "perhaps"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_call_ends_the_request()
    {
        var asked = new TaskCompletionSource();
        await using var server = await ApiServer.Start(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var end = new CancellationTokenSource();
        var calling = InLoadTest(() => server.Api().Get("/"), end.Token);
        await asked.Task;
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);
    }

    private static async Task<LoadCall> InLoadTest(Func<Task> body, CancellationToken cancellation = default)
    {
        var call = new LoadCall(cancellation);
        call.Enter();
        await body();
        return call;
    }
}
