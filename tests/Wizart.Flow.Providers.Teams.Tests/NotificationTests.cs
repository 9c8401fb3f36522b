using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Providers.Teams.Tests;

public sealed class NotificationTests
{
    [Fact]
    public async Task A_failure_is_told_with_its_place_and_its_log()
    {
        await using var receiver = await Receiver.Start(Answers.Status(202));
        await receiver.Channel().NotifyAsync(Failure(1) with { Link = "https://flow.example.com/runs/7" }, default);

        var card = receiver.Card();
        Assert.Equal(("etl, load[3]: failed", "Attention"), ((string)card["body"]![0]!["text"]!, (string)card["body"]![0]!["color"]!));
        var facts = card["body"]![1]!["facts"]!.AsArray().ToDictionary(f => (string)f!["title"]!, f => (string)f!["value"]!);
        Assert.Equal(("7", "2", "2026-11-22 05:00 +00:00"), (facts["Run"], facts["Attempt"], facts["Logical date"]));
        Assert.Contains("etl.csx(12", facts["Where"], StringComparison.Ordinal);
        Assert.Equal("InvalidOperationException: no such shop", (string)card["body"]![2]!["text"]!);
        Assert.Contains("second line", (string)card["body"]![3]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("https://flow.example.com/runs/7", (string)card["actions"]![0]!["url"]!);
    }

    [Fact]
    public async Task Of_a_burst_the_first_is_told_at_once_and_the_others_together()
    {
        await using var receiver = await Receiver.Start(Answers.Status(202));
        await receiver.Channel().NotifyAsync(Failure(1), default);
        for (var i = 2; i <= 100; i++)
        {
            var held = await Assert.ThrowsAsync<TeamsException>(() => receiver.Channel().NotifyAsync(Failure(i), default));
            Assert.Contains("together", held.Message, StringComparison.Ordinal);
        }

        receiver.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 2; i <= 100; i++) await receiver.Channel().NotifyAsync(Failure(i), default);

        Assert.Equal(2, receiver.Bodies.Count);
        Assert.Equal("etl: 99 × failed", (string)receiver.Card(1)["body"]![0]!["text"]!);
        Assert.Equal("… and 87 more", (string)receiver.Card(1)["body"]![2]!["text"]!);
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
        await Assert.ThrowsAsync<TeamsException>(() => receiver.Channel().NotifyAsync(Failure(1), default));
        await receiver.Channel().NotifyAsync(Failure(1), default);
        Assert.Equal("etl, load[3]: failed", (string)receiver.Card(1)["body"]![0]!["text"]!);
    }

    [Fact]
    public async Task A_channel_that_wants_no_message_for_long_is_left_alone_for_so_long()
    {
        await using var receiver = await Receiver.Start(Answers.Status(429, "", ("Retry-After", "60")), Answers.Status(202));
        await Assert.ThrowsAsync<TeamsException>(() => receiver.Channel().NotifyAsync(Failure(1), default));
        var error = await Assert.ThrowsAsync<TeamsException>(() => receiver.Channel().NotifyAsync(Failure(1), default));

        Assert.Contains("for another 60 s", error.Message, StringComparison.Ordinal);
        Assert.Single(receiver.Bodies);
        receiver.Time.Advance(TimeSpan.FromSeconds(60));
        await receiver.Channel().NotifyAsync(Failure(1), default);
        Assert.Equal(2, receiver.Bodies.Count);
    }

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
