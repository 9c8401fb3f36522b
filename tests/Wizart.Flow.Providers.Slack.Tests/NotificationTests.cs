using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Providers.Slack.Tests;

public sealed class NotificationTests
{
    [Fact]
    public async Task A_failure_is_told_with_its_place_and_its_log()
    {
        await using var receiver = await Receiver.Start(Answers.Status(202));
        await receiver.Channel().NotifyAsync(Failure(1) with { Link = "https://flow.example.com/runs/7" }, default);

        var attachment = receiver.Message()["attachments"]![0]!;
        var blocks = attachment["blocks"]!.AsArray();
        Assert.Equal(("etl, load[3]: failed", "#e01e5a"), ((string)blocks[0]!["text"]!["text"]!, (string)attachment["color"]!));
        var fields = blocks[1]!["fields"]!.AsArray().Select(f => (string)f!["text"]!).ToArray();
        Assert.Contains("*Run*\n7", fields);
        Assert.Contains("*Attempt*\n2", fields);
        Assert.Contains("*Logical date*\n2026-11-22 05:00 +00:00", fields);
        Assert.Contains(fields, f => f.StartsWith("*Where*\netl.csx(12", StringComparison.Ordinal));
        Assert.Equal("```InvalidOperationException: no such shop```", (string)blocks[2]!["text"]!["text"]!);
        Assert.Equal("```first line\nsecond line```", (string)blocks[3]!["text"]!["text"]!);
        Assert.Equal("https://flow.example.com/runs/7", (string)blocks[4]!["elements"]![0]!["url"]!);
    }

    [Fact]
    public async Task Of_a_burst_the_first_is_told_at_once_and_the_others_together()
    {
        await using var receiver = await Receiver.Start(Answers.Status(202));
        await receiver.Channel().NotifyAsync(Failure(1), default);
        for (var i = 2; i <= 100; i++)
        {
            var held = await Assert.ThrowsAsync<SlackException>(() => receiver.Channel().NotifyAsync(Failure(i), default));
            Assert.Contains("together", held.Message, StringComparison.Ordinal);
        }

        receiver.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 2; i <= 100; i++) await receiver.Channel().NotifyAsync(Failure(i), default);

        Assert.Equal(2, receiver.Bodies.Count);
        Assert.Equal("etl: 99 × failed", Text(receiver, 0));
        Assert.Equal("… and 87 more", Text(receiver, 2));
    }

    [Fact]
    public async Task Other_kinds_are_not_held_back_for_it()
    {
        await using var receiver = await Receiver.Start(Answers.Status(202));
        await receiver.Channel().NotifyAsync(Failure(1), default);
        await receiver.Channel().NotifyAsync(Failure(2) with { Event = CallbackEvent.Success, State = "success", Error = null }, default);
        await receiver.Channel().NotifyAsync(Failure(3) with { Dag = "other" }, default);

        Assert.Equal(3, receiver.Bodies.Count);
        Assert.Equal([1, 1], receiver.Time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task What_was_not_taken_is_told_later()
    {
        await using var receiver = await Receiver.Start(Answers.Status(500), Answers.Status(202));
        await Assert.ThrowsAsync<SlackException>(() => receiver.Channel().NotifyAsync(Failure(1), default));
        await receiver.Channel().NotifyAsync(Failure(1), default);
        Assert.Equal("etl, load[3]: failed", Text(receiver, 0));
    }

    [Fact]
    public async Task A_channel_that_wants_no_message_for_long_is_left_alone_for_so_long()
    {
        await using var receiver = await Receiver.Start(Answers.Status(429, "", ("Retry-After", "60")), Answers.Status(202));
        await Assert.ThrowsAsync<SlackException>(() => receiver.Channel().NotifyAsync(Failure(1), default));
        var error = await Assert.ThrowsAsync<SlackException>(() => receiver.Channel().NotifyAsync(Failure(1), default));

        Assert.Contains("for another 60 s", error.Message, StringComparison.Ordinal);
        Assert.Single(receiver.Bodies);
        receiver.Time.Advance(TimeSpan.FromSeconds(60));
        await receiver.Channel().NotifyAsync(Failure(1), default);
        Assert.Equal(2, receiver.Bodies.Count);
    }

    private static string Text(Receiver receiver, int block) => (string)receiver.Message(1)["attachments"]![0]!["blocks"]![block]!["text"]!["text"]!;

    private static Notification Failure(long id) => new()
    {
        Id = id,
        Event = CallbackEvent.Failure,
        Dag = "etl",
        Run = 7,
        Task = "load",
        MapIndex = 3,
        Attempt = 2,
        State = "failed",
        LogicalDate = new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero),
        At = new DateTimeOffset(2026, 11, 23, 5, 0, 0, TimeSpan.Zero),
        Error = new TaskError { Type = "InvalidOperationException", Message = "no such shop", Location = new SourceLocation("etl.csx", 12) },
        Log = ["first line", "second line"],
    };
}
