using System.Net;
using System.Text.Json;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests;

public sealed class TaskTests
{
    [Fact]
    public async Task All_tasks_of_a_run_are_shown_those_that_nothing_happened_to_included()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "first", "second", "third"));
        server.Bodies.Set("first", Outcomes.Gives("""{"rows": 3}"""));
        server.Bodies.Set("second", async attempt =>
        {
            attempt.Tell(new AttemptEvent.Progress(0.5, "half"));
            return await attempt.UntilStoppedAsync();
        });
        var id = await server.Trigger("x");
        var tasks = await UntilAsync(server, id, t => t[1].GetProperty("state").GetString() == "running");

        Assert.Equal(["success", "running", "none"], tasks.Select(t => t.GetProperty("state").GetString()));
        Assert.Equal("""{"rows": 3}""", tasks[0].GetProperty("output").GetString());
        Assert.Equal([1, 1, 0], tasks.Select(t => t.GetProperty("attempts").GetInt32()));
        Assert.Equal("second", tasks[2].GetProperty("upstream")[0].GetString());
        Assert.Equal(-1, tasks[2].GetProperty("mapIndex").GetInt32());
        await server.Post($"runs/{id}/cancel");
    }

    [Fact]
    public async Task A_failed_task_tells_message_file_and_line_of_each_attempt()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "first", "second"));
        server.Bodies.Set("first", Outcomes.Fails("No route."));
        var id = await server.Run("x");
        var tasks = (await server.Get($"runs/{id}/tasks")).Json;
        Assert.Equal(("failed", "upstream_failed"), (tasks[0].GetProperty("state").GetString(), tasks[1].GetProperty("state").GetString()));
        var error = tasks[0].GetProperty("error");
        Assert.Equal(("No route.", "shop.csx", 7), (error.GetProperty("message").GetString(), error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32()));

        var attempt = (await server.Get($"runs/{id}/tasks/first/attempts")).Json.EnumerateArray().Single();
        Assert.Equal((1, "failed", "node"), (attempt.GetProperty("attempt").GetInt32(), attempt.GetProperty("result").GetString(), attempt.GetProperty("node").GetString()));
        Assert.Equal("No route.", attempt.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task An_output_is_the_value_itself()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "small", "large", "none"));
        server.Bodies.Set("small", Outcomes.Gives("""{"Ü": [1, null]}"""));
        server.Artifacts.Put(new string('a', 64), "[1,2,3]");
        server.Bodies.Set("large", new AttemptOutcome.Succeeded(new TaskValue(null, new Artifact("output.json", new string('a', 64), 7, "application/json"))));
        server.Bodies.Set("none", new AttemptOutcome.Succeeded(null));
        var id = await server.Run("x");
        var answer = await server.Get($"runs/{id}/tasks/small/output");
        Assert.Equal(("application/json", """{"Ü": [1, null]}"""), (answer.Type, answer.Text));
        Assert.Equal("[1,2,3]", (await server.Get($"runs/{id}/tasks/large/output")).Text);
        Assert.Contains("no output", (await server.Get($"runs/{id}/tasks/none/output")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
        server.Artifacts.Delete(new string('a', 64));
        Assert.Contains("no longer kept", (await server.Get($"runs/{id}/tasks/large/output")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_output_is_cut_in_the_list()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", Outcomes.Gives($"\"{new string('ü', 5000)}\""));
        var id = await server.Run("x");
        var output = (await server.Get($"runs/{id}/tasks")).Json[0].GetProperty("output").GetString()!;
        Assert.Equal((201, '…'), (output.Length, output[^1]));
        Assert.Equal(5002, (await server.Get($"runs/{id}/tasks/t/output")).Text.Length);
    }

    [Fact]
    public async Task An_unknown_task_is_not_found_and_a_near_one_is_named()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "extract"));
        var id = await server.Run("x");
        foreach (var part in new[] { "attempts", "logs", "output" })
        {
            var detail = (await server.Get($"runs/{id}/tasks/extrakt/{part}")).Problem(HttpStatusCode.NotFound, "not_found");
            Assert.Contains("Did you mean 'extract'?", detail, StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement[]> UntilAsync(ApiServer server, long runId, Func<JsonElement[], bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            JsonElement[] tasks = [.. (await server.Get($"runs/{runId}/tasks")).Json.EnumerateArray()];
            if (holds(tasks)) return tasks;
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
