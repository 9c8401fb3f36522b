using System.Net;
using Wizart.Flow.Connections;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Slack.Tests;

public sealed class SlackChannelTests
{
    [Fact]
    public async Task A_message_is_posted()
    {
        await using var receiver = await Receiver.Start(Answers.Status(200, "ok"));
        await receiver.Channel().Post(new SlackMessage("Holds 420 requests/s").Field("p95", "280 ms"));
        Assert.Equal("Holds 420 requests/s", (string)receiver.Message()["blocks"]![0]!["text"]!["text"]!);
        Assert.Single(receiver.Bodies);
    }

    [Theory]
    [InlineData(404, "no_service", "was revoked", "no_service")]
    [InlineData(403, "invalid_token", "copy its address anew", "invalid_token")]
    [InlineData(410, "channel_is_archived", "is archived or gone", "channel_is_archived")]
    [InlineData(403, "action_prohibited", "An administrator", "action_prohibited")]
    [InlineData(404, "<html>", "is gone: make a new one", null)]
    [InlineData(410, "", "is gone: make a new one", null)]
    [InlineData(403, "", "is not accepted", null)]
    [InlineData(400, "invalid_blocks", "It says: invalid_blocks", "invalid_blocks")]
    [InlineData(302, "", "redirects", null)]
    [InlineData(500, $"boom at /services/{Receiver.Token}", "boom at /***", null)]
    public async Task What_is_refused_is_told_without_the_address_and_not_posted_again(int status, string answer, string hint, string? code)
    {
        await using var receiver = await Receiver.Start(Answers.Status(status, answer));
        var error = await Assert.ThrowsAsync<SlackException>(() => receiver.Channel().Post(new SlackMessage("t")));

        Assert.Equal((HttpStatusCode)status, error.Status);
        Assert.Equal(code, error.Code);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.Contains("connection 'alerts'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error.Message, StringComparison.Ordinal);
        Assert.Single(receiver.Bodies);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_server_is_waited_for_as_long_as_it_asks(int status)
    {
        await using var receiver = await Receiver.Start(Answers.Status(status, "", ("Retry-After", "17")), Answers.Status(202));
        await receiver.Channel().Post(new SlackMessage("t"));

        Assert.Equal([TimeSpan.FromSeconds(17)], receiver.Time.Waits);
        Assert.Equal(2, receiver.Bodies.Count);
        Assert.Contains($"answered {status}", Assert.Single(receiver.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up_after_growing_waits()
    {
        await using var receiver = await Receiver.Start(Answers.Status(429));
        var error = await Assert.ThrowsAsync<SlackException>(() => receiver.Channel().Post(new SlackMessage("t")));

        Assert.Equal(HttpStatusCode.TooManyRequests, error.Status);
        Assert.Equal([2, 4, 8], receiver.Time.Waits.Select(w => w.TotalSeconds));
        Assert.Equal(4, receiver.Bodies.Count);
    }

    [Fact]
    public async Task A_long_wait_is_the_tasks_to_wait()
    {
        await using var receiver = await Receiver.Start(Answers.Status(429, "", ("Retry-After", "600")));
        var signal = await Assert.ThrowsAsync<RetryAfter>(() => receiver.Channel().Post(new SlackMessage("t")));
        Assert.Equal(TimeSpan.FromMinutes(10), signal.After);
        Assert.Single(receiver.Bodies);
    }

    [Fact]
    public async Task At_most_one_message_a_second_goes_to_an_address_whoever_sends()
    {
        await using var receiver = await Receiver.Start(Answers.Status(202));
        for (var i = 0; i < 4; i++) await receiver.Channel().Post($"message {i}");

        Assert.Equal([1, 1, 1], receiver.Time.Waits.Select(w => w.TotalSeconds));
        Assert.Equal(4, receiver.Bodies.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_and_not_asked_again()
    {
        var forever = new TaskCompletionSource();
        await using var receiver = await Receiver.Start(_ => forever.Task);
        var error = await Assert.ThrowsAsync<SlackException>(() => receiver.Channel(("timeout", "5s")).Post(new SlackMessage("t")));
        forever.SetResult();

        Assert.Contains("did not answer within 5 s; the message may have been posted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attempts_end_ends_a_post()
    {
        var forever = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var receiver = await Receiver.Start(_ =>
        {
            asked.SetResult();
            return forever.Task;
        });
        using var attempt = new CancellationTokenSource();
        var post = receiver.Channel(attempt.Token).Post(new SlackMessage("t"));
        await asked.Task;
        await attempt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
        forever.SetResult();
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told()
    {
        await using var receiver = await Receiver.Start(Answers.Status(202));
        var error = await Assert.ThrowsAsync<SlackException>(() => receiver.Channel(("webhook", "http://127.0.0.1:1/services/s3cr3t")).Post(new SlackMessage("t")));
        Assert.Contains("can't be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hooks.slack.com/services/abc", "Use https://")]
    [InlineData("nonsense-abc", "is no https:// address")]
    public void Addresses_that_can_not_work_are_refused_with_advice(string address, string advice)
    {
        var settings = new ConnectionSettings("alerts", "slack", new Dictionary<string, string> { ["webhook"] = address });
        var error = Assert.Throws<ConnectionException>(() => new SlackChannel(settings, new ConnectionScope(TimeProvider.System, (_, _) => { }, default)));
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_is_a_secret()
    {
        var settings = new ConnectionSettings("alerts", "slack", new Dictionary<string, string> { ["webhook"] = "https://example.com/x?sig=1" });
        Assert.Equal(["https://example.com/x?sig=1"], settings.Secrets());
    }

    [Fact]
    public void The_handbooks_example_can_be_used()
    {
        var example = Assert.Single(HandbookConnections.OfType("slack"));
        var values = example.Values.ToDictionary(v => v.Key, v => v.Value.Replace("${SLACK_WEBHOOK}", "https://hooks.slack.com/services/a/b/c", StringComparison.Ordinal));
        Assert.NotNull(new SlackChannel(example with { Values = values }, new ConnectionScope(TimeProvider.System, (_, _) => { }, default)));
    }
}
