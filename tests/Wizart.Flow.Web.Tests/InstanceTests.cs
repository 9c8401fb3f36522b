using System.Net;
using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

public sealed class InstanceTests
{
    private static readonly DagModel Mapped = Models.Chain("x", "list", "each") is var chain
        ? chain with
        {
            Tasks =
            [
                chain.Tasks[0] with { Output = new TypeModel("int[]") },
                chain.Tasks[1] with
                {
                    ForEach = new InputModel(InputKind.Output, "list", new TypeModel("int")),
                    Inputs = [new InputModel(InputKind.Element, "list", new TypeModel("int")), new InputModel(InputKind.Connection, "shop", new TypeModel("Shop")), new InputModel(InputKind.Variable, "limit", new TypeModel("int"), Models.Json("7"))],
                },
            ],
        }
        : null!;

    [Fact]
    public async Task An_element_shows_what_it_was_given_without_secrets()
    {
        await using var server = await ApiServer.StartAsync(Mapped);
        server.Bodies.Set("list", Outcomes.Gives("[10, 20, 30]") with { Count = 3 });
        await server.Send(HttpMethod.Put, "connections/shop", """{"type": "shop", "values": {"url": "http://shop", "token": "very-secret"}}""");
        var run = await server.Run("x");
        var answer = await server.Get($"runs/{run}/tasks/each?mapIndex=1");
        Assert.DoesNotContain("very-secret", answer.Text, StringComparison.Ordinal);
        var inputs = answer.Json.GetProperty("inputs").EnumerateArray().ToArray();
        Assert.Equal(["20", """{"token":"***","url":"http://shop"}""", "7"], inputs.Select(i => i.GetProperty("value").GetRawText()));
        Assert.Equal([true, false, false], inputs.Select(i => i.GetProperty("asItWas").GetBoolean()));
        Assert.Equal(1, answer.Json.GetProperty("attempts").GetArrayLength());
        Assert.Equal(("success", 1), (Text(answer.Json.GetProperty("task"), "state"), answer.Json.GetProperty("task").GetProperty("mapIndex").GetInt32()));
        (await server.Get($"runs/{run}/tasks/each?mapIndex=9")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Elements_are_listed_by_page_and_state_and_counted_in_the_list_of_tasks()
    {
        await using var server = await ApiServer.StartAsync(Mapped);
        server.Bodies.Set("list", Outcomes.Gives($"[{string.Join(", ", Enumerable.Range(0, 150))}]") with { Count = 150 });
        server.Bodies.Set("each", attempt => Task.FromResult<Wizart.Flow.Execution.AttemptOutcome>(attempt.Order.MapIndex % 50 == 7 ? Outcomes.Fails("Seven.") : Outcomes.Gives("1")));
        var run = await server.Run("x");

        var tasks = (await server.Get($"runs/{run}/tasks")).Json.EnumerateArray().ToArray();
        Assert.Equal(2 + 100, tasks.Length);
        Assert.Equal((147, 3), (tasks[1].GetProperty("elementStates").GetProperty("success").GetInt32(), tasks[1].GetProperty("elementStates").GetProperty("failed").GetInt32()));
        Assert.Equal(2 + 150, (await server.Get($"runs/{run}/tasks?elements=1000")).Json.GetArrayLength());
        Assert.Equal(2, (await server.Get($"runs/{run}/tasks?elements=0")).Json.GetArrayLength());

        Assert.Equal("7 57 107", Indexes((await server.Get($"runs/{run}/tasks/each/elements?state=failed")).Json));
        Assert.Equal("140 141", Indexes((await server.Get($"runs/{run}/tasks/each/elements?after=139&count=2")).Json));
        Assert.Empty(Indexes((await server.Get($"runs/{run}/tasks/list/elements")).Json));
    }

    [Fact]
    public async Task A_log_is_filtered_by_level_and_text()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt =>
        {
            foreach (var (level, text) in ((LogLevel, string)[])[(LogLevel.Debug, "looking"), (LogLevel.Warning, "Slow row 1"), (LogLevel.Error, "bad row 2"), (LogLevel.Warning, "slow row 3")])
                attempt.Tell(new Wizart.Flow.Execution.AttemptEvent.Log(DateTimeOffset.UnixEpoch, level, Wizart.Flow.Execution.LogSource.Task, text));
            return Task.FromResult<Wizart.Flow.Execution.AttemptOutcome>(Outcomes.Gives("1"));
        });
        var run = await server.Run("x");
        async Task<string> Lines(string query) =>
            string.Join(" ", (await server.Get($"runs/{run}/tasks/t/logs{query}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Models.Json(l).GetProperty("number").GetInt32()));
        Assert.Equal("1 2 3 4", await Lines(""));
        Assert.Equal("2 3 4", await Lines("?level=warning"));
        Assert.Equal("3", await Lines("?level=error"));
        Assert.Equal("2 4", await Lines("?contains=SLOW"));
        Assert.Equal("2", await Lines("?contains=slow&count=1"));
        Assert.Equal("4", await Lines("?contains=slow&from=3"));
        Assert.Equal("4", (await server.Get($"runs/{run}/tasks/t/logs?count=1")).Headers.GetValues("Log-Lines").Single());
        Assert.DoesNotContain("looking", (await server.Get($"runs/{run}/tasks/t/logs?follow=true&level=warning")).Text, StringComparison.Ordinal);
    }

    private static string Indexes(JsonElement elements) => string.Join(" ", elements.EnumerateArray().Select(e => e.GetProperty("mapIndex").GetInt32()));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
