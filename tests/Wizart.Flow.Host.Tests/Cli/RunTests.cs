using System.Text.Json;
using Wizart.Flow.Host.Cli;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class RunTests
{
    [Fact]
    public async Task Json_holds_the_whole_run_and_nothing_else()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow("run", "sums", "--param", "size=4", "--output", "json");
        Assert.True(outcome.Code == ExitCodes.Fine, outcome.ToString());
        var run = outcome.Json;
        Assert.Equal(["dagId", "runId", "state", "tasks"], run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("sums", "success"), (run.GetProperty("dagId").GetString(), run.GetProperty("state").GetString()));
        var tasks = run.GetProperty("tasks").EnumerateArray().ToArray();
        Assert.All(tasks, t => Assert.Equal(["id", "mapIndex", "state", "attempts", "output", "error"], t.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(
            [("numbers", "success", "[1,2,3,4]"), ("sum", "success", "10"), ("small", "skipped", "null"), ("tell", "success", "null")],
            tasks.Select(t => (t.GetProperty("id").GetString(), t.GetProperty("state").GetString(), t.GetProperty("output").GetRawText())));
        Assert.All(tasks, t => Assert.Equal((1, -1, JsonValueKind.Null), (t.GetProperty("attempts").GetInt32(), t.GetProperty("mapIndex").GetInt32(), t.GetProperty("error").ValueKind)));
        Assert.Contains("The sum is 10", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_tells_message_file_and_line()
    {
        using var bench = new Bench();
        bench.Write("pipelines/fails.csx", Scripts.Fails);
        var outcome = await bench.Flow("run", "fails", "--output", "json");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Equal("failed", outcome.Json.GetProperty("state").GetString());
        var error = outcome.Json.GetProperty("tasks")[1].GetProperty("error");
        Assert.Equal(["message", "file", "line"], error.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("pipelines/fails.csx", 5), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32()));

        var text = await bench.Flow("run", "fails");
        Assert.Equal(ExitCodes.Failed, text.Code);
        Assert.Contains("pipelines/fails.csx:5  return list[7];", text.Out, StringComparison.Ordinal);
        Assert.Contains("fails failed", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text.Out);
    }

    [Theory]
    [InlineData("size=1000", "not between 1 and 100")]
    [InlineData("size=big", "'big' for param 'size' is not a whole number")]
    [InlineData("sise=3", "Did you mean 'size'?")]
    [InlineData("size", "not NAME=VALUE")]
    [InlineData("=3", "not NAME=VALUE")]
    public async Task A_param_that_is_refused_is_wrong_usage(string param, string told)
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow("run", "sums", "--param", param);
        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_come_from_the_file_beside_the_pipelines_and_from_the_environment()
    {
        using var bench = new Bench();
        bench.Write("pipelines/connections.json", """{"db": {"type": "sqlite", "path": "${FLOW_CLI_TEST_DB}"}}""");
        Environment.SetEnvironmentVariable("FLOW_CLI_TEST_DB", Path.Combine(bench.Folder, "test.db"));
        bench.Write(
            "pipelines/db.csx",
            """
            var dag = Dag("db");
            dag.Task("t").From(Connection<Database>("db")).Run(db => db.Execute($"create table t (n integer)"));
            """);
        var outcome = await bench.Flow("run", "db", "-o", "json");
        Assert.True(outcome.Code == ExitCodes.Fine, outcome.ToString());
        Assert.True(File.Exists(Path.Combine(bench.Folder, "test.db")));
    }

    [Fact]
    public async Task A_dag_whose_script_has_errors_is_not_run()
    {
        using var bench = new Bench();
        bench.Write("pipelines/a.csx", "var dag = Dag(\"a\");\nvar t = dag.Task(\"t\").Run(() => 1);\ndag.Task(\"t\").Run(() => 1);\n");
        var outcome = await bench.Flow("run", "a");
        Assert.Equal((ExitCodes.Failed, ""), (outcome.Code, outcome.Out));
        Assert.Contains("pipelines/a.csx(3", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("FLOW001", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_before_retries_may_be_left_out()
    {
        using var bench = new Bench();
        bench.Write(
            "pipelines/flaky.csx",
            """
            var dag = Dag("flaky").Retry(2, Backoff.Fixed(1.Hours()));
            dag.Task("t").From(dag.Context).Run(run => run.Attempt < 3 ? throw new Exception("not yet") : run.Attempt);
            """);
        var outcome = await bench.Flow("run", "flaky", "--no-wait", "-o", "json");
        Assert.True(outcome.Code == ExitCodes.Fine, outcome.ToString());
        Assert.Equal(3, outcome.Json.GetProperty("tasks")[0].GetProperty("attempts").GetInt32());
    }
}
