using System.Net;
using System.Text.Json;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests;

public sealed class RunStreamTests
{
    [Fact]
    public async Task A_run_is_followed_to_its_end()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "first", "second"));
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Bodies.Set("second", async _ =>
        {
            begun.TrySetResult();
            await end.Task;
            return (AttemptOutcome)Outcomes.Gives("2");
        });
        var run = await server.Trigger("x");
        await begun.Task;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{run}/wait");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var events = new List<(string Name, JsonElement Data)>();
        while (await NextAsync(reader) is { } next)
        {
            events.Add(next);
            if (next.Name == "task" && Text(next.Data, "id") == "second" && Text(next.Data, "state") == "running") end.TrySetResult();
        }

        Assert.Equal(["run running", "run success"], events.Where(e => e.Name == "run").Select(e => $"run {Text(e.Data, "state")}"));
        Assert.Equal("success", Text(events.Last(e => e.Name == "task" && Text(e.Data, "id") == "second").Data, "state"));
        Assert.Equal(("end", "success"), (events[^1].Name, Text(events[^1].Data, "state")));
    }

    [Fact]
    public async Task A_run_that_is_over_is_told_and_that_is_all()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var run = await server.Run("x");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{run}/wait");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["event: run", "event: task", "event: end"], text.Split('\n').Where(l => l.StartsWith("event:", StringComparison.Ordinal)));
    }

    private static async Task<(string Name, JsonElement Data)?> NextAsync(StreamReader reader)
    {
        var name = "";
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) return (name, Models.Json(line[6..]));
        }

        return null;
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
