using System.Net;

namespace Wizart.Flow.Web.Tests;

/// <summary>Requests that are sent again with the same <c>Idempotency-Key</c>.</summary>
public sealed class RepeatedRequestTests
{
    [Fact]
    public async Task The_same_request_gets_the_first_answer_again_and_starts_nothing()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var first = await SendAsync(server, "dags/x/runs", "{}", "one");
        Assert.Equal((HttpStatusCode.Created, false), (first.Status, first.Headers.Contains("Idempotency-Replayed")));
        await server.Get($"runs/{first.Json.GetProperty("id")}/wait");
        var again = await SendAsync(server, "dags/x/runs", "{}", "one");
        Assert.Equal((HttpStatusCode.Created, first.Text, true), (again.Status, again.Text, again.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(1, (await server.Get("runs")).Json.GetArrayLength());
        Assert.NotEqual(first.Text, (await SendAsync(server, "dags/x/runs", "{}", "two")).Text);
    }

    [Fact]
    public async Task Many_at_once_start_one_run()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(server, "dags/x/runs", "{}", "one")));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Created, answers[0].Text), (answer.Status, answer.Text)));
        Assert.Equal(1, answers.Count(answer => !answer.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal(1, (await server.Get("runs")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Another_request_with_the_key_is_a_mistake()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("x"), Models.Daily("y"));
        await SendAsync(server, "dags/x/runs", "{}", "one");
        foreach (var (path, body) in ((string, string)[])[("dags/x/runs", """{"date": "2026-03-01"}"""), ("dags/y/runs", "{}"), ("dags/x/backfills", """{"from": "2026-03-02", "to": "2026-03-03"}""")])
        {
            (await SendAsync(server, path, body, "one")).Problem(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
        }
    }

    [Fact]
    public async Task What_was_refused_may_be_sent_again()
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        (await SendAsync(server, "dags/x/runs", "{}", "one")).Problem(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(server, "dags/x/runs", """{"params": {"brand": "a"}}""", "one")).Status);
    }

    [Fact]
    public async Task A_backfill_is_begun_once_though_a_second_would_be_refused()
    {
        const string week = """{"from": "2026-03-02", "to": "2026-03-08"}""";
        await using var server = await ApiServer.StartAsync(Models.Daily("x"));
        server.Bodies.Set("extract", attempt => attempt.UntilStoppedAsync());
        var first = await SendAsync(server, "dags/x/backfills", week, "one");
        Assert.Equal(HttpStatusCode.Created, first.Status);
        (await server.Post("dags/x/backfills", week)).Problem(HttpStatusCode.Conflict, "conflict");
        (await SendAsync(server, "dags/x/backfills", week, "two")).Problem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(first.Text, (await SendAsync(server, "dags/x/backfills", week, "one")).Text);
        await server.Post($"backfills/{first.Json.GetProperty("id")}/cancel");
        Assert.Equal(first.Text, (await SendAsync(server, "dags/x/backfills", week, "one")).Text);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(server, "dags/x/backfills", week, "two")).Status); // the refusal took nothing
        await server.Post("backfills/2/cancel");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData(null)]
    public async Task A_key_must_be_a_key(string? key)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        (await SendAsync(server, "dags/x/runs", "{}", key ?? new string('k', 201))).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    private static async Task<Answer> SendAsync(ApiServer server, string path, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await server.Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}
