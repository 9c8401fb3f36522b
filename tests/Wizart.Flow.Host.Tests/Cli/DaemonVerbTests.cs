using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class DaemonVerbTests
{
    [Fact]
    public async Task A_run_is_triggered_waited_for_and_looked_at()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        server.Bodies.Set("only", attempt =>
        {
            attempt.Log("hello");
            attempt.Log("world");
            return Task.FromResult<AttemptOutcome>(Outcomes.Gives("""{"n": 1}"""));
        });
        var triggered = await bench.FlowOf(server, "trigger", "x", "--param", "brand=acme", "-p", "limit=7", "--wait", "-o", "json");
        Assert.True(triggered.Code == ExitCodes.Fine, triggered.ToString());
        Assert.Equal(("success", 7), (triggered.Json.GetProperty("state").GetString(), triggered.Json.GetProperty("params").GetProperty("limit").GetInt32()));

        Assert.Contains("success", (await bench.FlowOf(server, "runs", "x")).Out, StringComparison.Ordinal);
        Assert.Contains("""✓ success  1/1""", (await bench.FlowOf(server, "tasks", "x", "latest")).Out, StringComparison.Ordinal);
        var logs = (await bench.FlowOf(server, "logs", "x", "1", "only")).Out.Split('\n');
        Assert.Equal([" hello", " world"], logs.Take(2).Select(l => l[8..]));
        Assert.Equal(2, (await bench.FlowOf(server, "logs", "x", "latest", "only", "--follow", "-o", "json")).Json.GetArrayLength());
        Assert.Contains("by hand", (await bench.FlowOf(server, "dags")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_run_waits_for_is_told()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "first", "second", "third"));
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        server.Bodies.Set("first", async _ =>
        {
            begun.SetResult();
            await end.Task;
            return Outcomes.Gives("1");
        });
        await bench.FlowOf(server, "trigger", "x");
        await begun.Task;

        var why = await bench.FlowOf(server, "why", "x", "latest");
        Assert.Equal(ExitCodes.Fine, why.Code);
        Assert.Contains("waits for 'first', which is running", why.Out, StringComparison.Ordinal);
        Assert.Contains("waits for 'second', which is waiting itself", why.Out, StringComparison.Ordinal);
        var one = (await bench.FlowOf(server, "why", "x", "latest", "third", "-o", "json")).Json;
        Assert.Equal(("third", "none"), (Assert.Single(one.EnumerateArray()).GetProperty("task").GetString(), one[0].GetProperty("state").GetString()));

        end.SetResult();
        await server.Engine.Coordinator.WhenStoredAsync();
        await bench.FlowOf(server, "pause", "x");
        await bench.FlowOf(server, "trigger", "x");
        Assert.Contains("its DAG is paused: flow unpause x", (await bench.FlowOf(server, "why", "x", "latest")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_run_that_fails_fails()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", Outcomes.Fails("No route."));
        var outcome = await bench.FlowOf(server, "trigger", "x", "--wait");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Contains("Run 1 of x: failed", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("No route. shop.csx:7", (await bench.FlowOf(server, "tasks", "x", "latest")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Params_are_checked_before_anything_is_sent_and_again_by_the_daemon()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"));
        var outcome = await bench.FlowOf(server, "trigger", "x", "--param", "limit=99");
        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.Contains("not between 1 and 10", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Param 'brand' (string) must be given", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("[]", (await bench.FlowOf(server, "runs", "x", "-o", "json")).Out.Trim());
    }

    [Fact]
    public async Task A_run_is_cancelled_once()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Bodies.Set("t", attempt => attempt.UntilStoppedAsync());
        var id = await server.Trigger("x");
        Assert.Equal(ExitCodes.Fine, (await bench.FlowOf(server, "cancel", $"{id}")).Code);
        await server.Get($"runs/{id}/wait");
        var again = await bench.FlowOf(server, "cancel", $"{id}");
        Assert.Equal(ExitCodes.Failed, again.Code);
        Assert.Contains("is over", again.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "cancel", "latest")).Code);
    }

    [Fact]
    public async Task Versions_of_a_dag_are_shown_and_compared()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "a"));
        await server.PublishAsync(Models.Chain("x", "a", "b"));

        var first = await bench.FlowOf(server, "show", "x", "--version", "1");
        Assert.Contains("version   1,", first.Out, StringComparison.Ordinal);
        Assert.Contains("// x: a", first.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("// x: a, b", first.Out, StringComparison.Ordinal);
        var diff = await bench.FlowOf(server, "diff", "x", "1");
        Assert.Equal(ExitCodes.Fine, diff.Code);
        Assert.Contains("-// x: a\n+// x: a, b", diff.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("version 2", diff.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await bench.FlowOf(server, "diff", "x", "1", "2", "-o", "json")).Json.GetProperty("lines").GetArrayLength());
        Assert.Contains("are the same", (await bench.FlowOf(server, "diff", "x", "2", "2")).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, (await bench.FlowOf(server, "diff", "x", "9")).Code);
    }

    [Fact]
    public async Task Deliveries_of_a_run_are_listed()
    {
        using var bench = new Bench();
        var chain = Models.Chain("x", "t");
        await using var server = await ApiServer.StartAsync(chain with
        {
            Callbacks = [new(Model.CallbackEvent.Success, new(Model.NotifierKind.Webhook, Url: "https://example.com/s3cret"))],
            Tasks = [chain.Tasks[0] with { Callbacks = [new(Model.CallbackEvent.Success, new(Model.NotifierKind.Log))] }],
        });
        await bench.FlowOf(server, "trigger", "x", "--wait");

        var listed = await bench.FlowOf(server, "deliveries", "x", "latest");
        Assert.Contains("log", listed.Out, StringComparison.Ordinal);
        Assert.Contains("webhook https://example.com ", listed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", listed.Out, StringComparison.Ordinal);
        Assert.Contains("pending", listed.Out, StringComparison.Ordinal); // nobody tells in this daemon
        Assert.Equal(2, (await bench.FlowOf(server, "deliveries", "x", "1", "-o", "json")).Json.GetArrayLength());
        Assert.Equal(ExitCodes.Failed, (await bench.FlowOf(server, "deliveries", "x", "9")).Code);
    }

    [Fact]
    public async Task A_dag_is_paused_and_unpaused()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        Assert.Contains("orders is paused", (await bench.FlowOf(server, "pause", "orders")).Out, StringComparison.Ordinal);
        Assert.Contains("paused", (await bench.FlowOf(server, "dags")).Out, StringComparison.Ordinal);
        Assert.Contains("Next: ", (await bench.FlowOf(server, "unpause", "orders")).Out, StringComparison.Ordinal);
        var unknown = await bench.FlowOf(server, "pause", "order");
        Assert.Equal(ExitCodes.Failed, unknown.Code);
        Assert.Contains("Did you mean 'orders'?", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_errors_are_told_with_their_places()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync();
        Assert.Equal("All scripts are in force.", (await bench.FlowOf(server, "errors")).Out.Trim());
        await server.PublishAsync(Models.Chain("x", "t"), new Model.Diagnostic("CS1061", "No such thing.", new Model.SourceLocation("x.csx", 3, 9)));
        Assert.StartsWith("pipelines/x.csx(3,9): error CS1061: No such thing.", (await bench.FlowOf(server, "errors")).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await bench.FlowOf(server, "errors", "-o", "json")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Variables_are_json_or_text()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync();
        await bench.FlowOf(server, "variables", "set", "a", "12");
        await bench.FlowOf(server, "variables", "set", "b", "plain words");
        Assert.Equal("12", (await bench.FlowOf(server, "variables", "get", "a")).Out.Trim());
        Assert.Equal("plain words", (await bench.FlowOf(server, "variables", "get", "b", "-o", "json")).Json.GetProperty("value").GetString());
        Assert.Equal(ExitCodes.Fine, (await bench.FlowOf(server, "variables", "remove", "a")).Code);
        Assert.Equal(ExitCodes.Failed, (await bench.FlowOf(server, "variables", "get", "a")).Code);
    }

    [Fact]
    public async Task Runs_of_another_dag_and_runs_that_are_not_there_are_told()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"), Models.Chain("y", "t"));
        var none = await bench.FlowOf(server, "tasks", "x", "latest");
        Assert.Contains("has no runs yet", none.Error, StringComparison.Ordinal);
        var id = await server.Run("x");
        var other = await bench.FlowOf(server, "tasks", "y", $"{id}");
        Assert.Equal(ExitCodes.Failed, other.Code);
        Assert.Contains("is one of DAG 'x'", other.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "tasks", "x", "one")).Code);
    }

    [Fact]
    public async Task The_daemon_is_found_by_its_file_and_by_the_environment()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var url = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        bench.Write(".flow/daemon.json", JsonSerializer.Serialize(new { url, token = ApiServer.Token, pid = 1 }));
        Assert.Equal(ExitCodes.Fine, (await bench.Flow("dags")).Code);

        bench.Write("elsewhere/daemon.json", JsonSerializer.Serialize(new { url = "http://127.0.0.1:1", token = "wrong", pid = 1 }));
        Assert.Equal(ExitCodes.Failed, (await bench.Flow("dags", "--state", "elsewhere")).Code);
        bench.Set("FLOW_URL", url);
        var closed = await bench.Flow("dags", "--state", "elsewhere");
        Assert.Contains("There is no token", closed.Error, StringComparison.Ordinal); // another daemon's token is not sent to this one
        bench.Set("FLOW_TOKEN", ApiServer.Token);
        Assert.Equal(ExitCodes.Fine, (await bench.Flow("dags", "--state", "elsewhere")).Code);
        bench.Set("FLOW_TOKEN", "wrong");
        Assert.Contains("The token is not known", (await bench.Flow("dags", "--state", "elsewhere")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_sees_the_run_as_a_tree()
    {
        using var bench = new Bench { IsInteractive = true };
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "first", "second"));
        var outcome = await bench.FlowOf(server, "trigger", "x", "--wait");
        Assert.Equal(ExitCodes.Fine, outcome.Code);
        var seen = System.Text.RegularExpressions.Regex.Replace(outcome.Out, @"\x1b\[[0-9;?]*[A-Za-z]", "");
        Assert.Contains("└── ✓ first", seen, StringComparison.Ordinal);
        Assert.Contains("    └── ✓ second", seen, StringComparison.Ordinal);
    }
}
