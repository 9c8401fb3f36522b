using System.Net;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests.Ui.Tasks;

public sealed class TaskLogTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 6, 0, 0, 250, TimeSpan.Zero);

    [Fact]
    public async Task Lines_come_as_level_time_and_text()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt =>
        {
            attempt.Tell(new AttemptEvent.Log(At, LogLevel.Debug, LogSource.Task, "small"));
            attempt.Tell(new AttemptEvent.Log(At.AddSeconds(1), LogLevel.Warning, LogSource.Task, "with\ta tab"));
            attempt.Tell(new AttemptEvent.Log(At.AddSeconds(2), LogLevel.Error, LogSource.Error, "two\r\nlines <b>"));
            return Task.FromResult<AttemptOutcome>(Outcomes.Gives("1"));
        });
        var run = await server.Run("x");
        var log = await server.Page($"runs/{run}/tasks/t/log?attempt=1");
        Assert.Equal("text/plain", log.Type);
        Assert.Equal("nosniff", log.Headers.GetValues("X-Content-Type-Options").Single());
        var ms = At.ToUnixTimeMilliseconds();
        Assert.Equal($"D\t{ms}\tsmall\nW\t{ms + 1000}\twith\ta tab\nE\t{ms + 2000}\ttwo \u2028lines <b>\n", log.Text);
    }

    [Theory]
    [InlineData("", 1, 1000)]
    [InlineData("&from=1001&count=20", 1001, 20)]
    [InlineData("&from=2490&count=20", 2490, 11)]
    [InlineData("&from=2501", 0, 0)]
    [InlineData("&count=50000", 1, 2500)]
    [InlineData("&from=x&count=-1", 1, 1000)]
    [InlineData("&from=0&count=0", 1, 1)]
    public async Task A_part_of_it_is_asked_for(string query, int first, int count)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => Say(attempt, 2500));
        var run = await server.Run("x");
        var lines = (await server.Page($"runs/{run}/tasks/t/log?attempt=1{query}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(count, lines.Length);
        if (count > 0) Assert.Equal(($"line {first}", $"line {first + count - 1}"), (lines[0].Split('\t')[2], lines[^1].Split('\t')[2]));
    }

    [Fact]
    public async Task It_is_downloaded_whole_under_a_name_that_tells_whose_it_is()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => Say(attempt, 2500));
        var run = await server.Run("x");
        var file = await server.Page($"runs/{run}/tasks/t/log/download?attempt=1");
        Assert.Contains($"run-{run}-t-attempt-1.log", file.ContentHeaders.ContentDisposition!.ToString(), StringComparison.Ordinal);
        var lines = file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2500, lines.Length);
        Assert.Equal("1970-01-01 00:00:00.000+00:00 Information line 2500", lines[^1]);
    }

    [Fact]
    public async Task Each_attempt_and_element_has_its_own()
    {
        await using var server = await ApiServer.StartAsync(TaskPagesTests.Mapped("x"));
        server.Bodies.Set("list", Outcomes.Gives("[1, 2]") with { Count = 2 });
        server.Bodies.Set("each", attempt =>
        {
            attempt.Log($"element {attempt.Order.MapIndex}");
            return Task.FromResult<AttemptOutcome>(Outcomes.Gives("1"));
        });
        var run = await server.Run("x");
        Assert.EndsWith("\telement 1\n", (await server.Page($"runs/{run}/tasks/each/log?attempt=1&element=1")).Text, StringComparison.Ordinal);
        Assert.Empty((await server.Page($"runs/{run}/tasks/each/log?attempt=2&element=1")).Text);
        Assert.Empty((await server.Page($"runs/{run}/tasks/each/log?attempt=1")).Text);
        Assert.Equal(HttpStatusCode.OK, (await server.Page($"runs/{run}/tasks/each/log?attempt=99999999999&element=-5")).Status);
    }

    [Fact]
    public async Task A_followed_log_ends_with_the_attempt()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => Say(attempt, 3));
        var run = await server.Run("x");
        var stream = await server.Page($"runs/{run}/tasks/t/log/follow?attempt=1&from=2");
        Assert.Equal("text/event-stream", stream.Type);
        Assert.StartsWith("id: 2\ndata: {", stream.Text, StringComparison.Ordinal);
        Assert.Contains("event: end\ndata: {\"attempt\":1,\"result\":\"success\"}", stream.Text, StringComparison.Ordinal);
    }

    private static Task<AttemptOutcome> Say(Attempt attempt, int lines)
    {
        for (var i = 1; i <= lines; i++) attempt.Log($"line {i}");
        return Task.FromResult<AttemptOutcome>(Outcomes.Gives("1"));
    }
}
