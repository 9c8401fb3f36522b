using System.Net;
using System.Text.Json;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests;

public sealed class LogTests
{
    /// <summary>So many lines are stored at once, without waiting for more.</summary>
    private const int LinesPerChunk = 500;

    [Fact]
    public async Task A_log_is_lines_of_json()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => Say(attempt, 1, 2500));
        var id = await server.Run("x");
        var answer = await server.Get($"runs/{id}/tasks/t/logs");
        Assert.Equal("application/x-ndjson", answer.Type);
        var lines = Lines(answer.Text);
        Assert.Equal(Enumerable.Range(1, 2500), lines.Select(l => l.GetProperty("number").GetInt32()));
        Assert.Equal(("line 1", "information", "task"), (lines[0].GetProperty("text").GetString(), lines[0].GetProperty("level").GetString(), lines[0].GetProperty("source").GetString()));

        Assert.Equal([2499, 2500], Lines((await server.Get($"runs/{id}/tasks/t/logs?from=2499")).Text).Select(l => l.GetProperty("number").GetInt32()));
        Assert.Equal([10, 11, 12], Lines((await server.Get($"runs/{id}/tasks/t/logs?from=10&count=3&attempt=1")).Text).Select(l => l.GetProperty("number").GetInt32()));
        Assert.Empty((await server.Get($"runs/{id}/tasks/t/logs?from=2147483647")).Text);
    }

    [Fact]
    public async Task A_followed_log_comes_as_it_grows_and_ends_with_the_attempt()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var goOn = new TaskCompletionSource();
        server.Bodies.Set("t", async attempt =>
        {
            await Say(attempt, 1, LinesPerChunk);
            await goOn.Task;
            return await Say(attempt, LinesPerChunk + 1, 3);
        });
        var id = await server.Trigger("x");
        using var response = await server.Client.GetAsync($"runs/{id}/tasks/t/logs?follow=true", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        for (var number = 1; number <= LinesPerChunk; number++) Assert.Equal($"line {number}", (await EventAsync(reader)).Text);
        goOn.SetResult();
        for (var number = LinesPerChunk + 1; number <= LinesPerChunk + 3; number++)
        {
            var (eventId, name, text) = await EventAsync(reader);
            Assert.Equal(($"{number}", null, $"line {number}"), (eventId, name, text));
        }

        var end = await EventAsync(reader);
        Assert.Equal(("end", "success"), (end.Name, end.Text));
        Assert.Null(await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_follower_that_comes_back_goes_on_after_the_last_line_it_saw()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => Say(attempt, 1, 5));
        var id = await server.Run("x");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{id}/tasks/t/logs?follow=true") { Headers = { { "Last-Event-ID", "4" } } };
        using var response = await server.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("id: 5\n", text, StringComparison.Ordinal);
        Assert.Contains("event: end", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_a_task_that_never_begins_ends_with_its_run()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t", "u"));
        server.Bodies.Set("t", attempt => attempt.UntilStoppedAsync());
        var id = await server.Trigger("x");
        using var response = await server.Client.GetAsync($"runs/{id}/tasks/u/logs?follow=true", HttpCompletionOption.ResponseHeadersRead);
        await server.Post($"runs/{id}/cancel");
        Assert.Contains("event: end", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_never_was_is_not_found()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var id = await server.Run("x");
        Assert.Contains("newest is 1", (await server.Get($"runs/{id}/tasks/t/logs?attempt=2")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
        foreach (var query in new[] { "attempt=0", "attempt=x", "from=0", "count=0", "count=99999999999", "follow=perhaps", "mapIndex=-2" })
            (await server.Get($"runs/{id}/tasks/t/logs?{query}")).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_server_that_stops_lets_its_followers_and_waiters_go()
    {
        var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => attempt.UntilStoppedAsync());
        var id = await server.Trigger("x");
        using var following = await server.Client.GetAsync($"runs/{id}/tasks/t/logs?follow=true", HttpCompletionOption.ResponseHeadersRead);
        var text = following.Content.ReadAsStringAsync();
        var waiting = server.Get($"runs/{id}/wait?timeout=60");
        await server.Get($"runs/{id}");
        var began = TimeProvider.System.GetTimestamp();
        await server.StopListeningAsync();
        await text;
        await waiting;
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await server.Engine.Coordinator.CancelAsync(id, Engine.Runs.RunState.Cancelled, "test");
        await server.DisposeAsync();
    }

    private static Task<AttemptOutcome> Say(Attempt attempt, int first, int count)
    {
        for (var number = first; number < first + count; number++) attempt.Log($"line {number}");
        return Task.FromResult<AttemptOutcome>(Outcomes.Gives("0"));
    }

    private static JsonElement[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Models.Json)];

    private static async Task<(string? Id, string? Name, string? Text)> EventAsync(StreamReader reader)
    {
        string? id = null, name = null, text = null;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var data = Models.Json(line[6..]);
                text = data.TryGetProperty("text", out var said) ? said.GetString() : data.GetProperty("result").GetString();
            }
        }

        return (id, name, text);
    }
}
