using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Scripts;

namespace Wizart.Flow.Runtime.Tests.Contract;

/// <summary>What every way to run an attempt keeps to.</summary>
public abstract partial class RunnerContract
{
    internal Told Told { get; } = new();

    protected AttemptControl Control { get; } = new();

    protected abstract Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control);

    protected abstract string ArtifactRoot { get; }

    protected abstract IScriptEvaluator Evaluator { get; }

    protected async Task<AttemptOutcome> Run(AttemptOrder order)
    {
        var outcome = await RunAsync(order, Told.Add, Control).WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal(outcome, Assert.IsType<AttemptEvent.Ended>(Told.Events[^1]).Outcome);
        Assert.IsType<AttemptEvent.Started>(Told.Events[0]);
        Assert.False(Told.WasConcurrent);
        return outcome;
    }

    protected Task<AttemptOutcome> Run(string body) => Run(Orders.Body(body));

    protected static string? Value(AttemptOutcome outcome) => Assert.IsType<AttemptOutcome.Succeeded>(outcome).Value?.Json?.ToString();

    protected static AttemptOutcome.Failed Failed(AttemptOutcome outcome, string type)
    {
        var failed = Assert.IsType<AttemptOutcome.Failed>(outcome);
        Assert.Equal(type, failed.Error.Type);
        return failed;
    }

    [Fact]
    public async Task A_body_gives_its_value_as_json() => Assert.Equal("42", Value(await Run("_ => 42")));

    [Fact]
    public async Task A_body_without_a_value_gives_none()
    {
        Assert.Null(Assert.IsType<AttemptOutcome.Succeeded>(await Run("_ => { }")).Value);
        Assert.Null(Assert.IsType<AttemptOutcome.Succeeded>(await Run("async _ => { await Task.Yield(); }")).Value);
    }

    [Fact]
    public async Task A_null_is_a_value() => Assert.Equal("null", Value(await Run("_ => (string)null")));

    [Fact]
    public async Task An_asynchronous_body_gives_its_value() =>
        Assert.Equal("\"done\"", Value(await Run("async _ => { await Task.Delay(1); return \"done\"; }")));

    [Fact]
    public async Task A_body_takes_outputs_as_their_own_types()
    {
        const string Script = """
            record Order(string Country, decimal Amount);
            var dag = Dag("d");
            var orders = dag.Task("orders").Run(() => new[] { new Order("by", 1.5m), new Order("pl", 2m), new Order("by", 3m) });
            dag.Task("total").From(orders, dag.Interval).Run((orders, day) =>
                $"{orders.Where(o => o.Country == "by").Sum(o => o.Amount)} on {day.Start:yyyy-MM-dd}");
            """;
        var orders = Value(await Run(Orders.For(Script, "orders")));

        var total = await Run(Orders.For(Script, "total", 1).WithOutput("orders", orders!));

        Assert.Equal("\"4.5 on 2026-11-01\"", Value(total));
    }

    [Fact]
    public async Task An_output_that_does_not_fit_its_type_fails_without_retry()
    {
        const string Script = """
            var dag = Dag("d");
            var number = dag.Task("number").Run(() => 1);
            dag.Task("t").From(number).Run(n => n + 1);
            """;

        var failed = Failed(await Run(Orders.For(Script, "t", 1).WithOutput("number", "\"seven\"")), "Wizart.Flow.Runtime.Attempts.InputException");

        Assert.False(failed.MayRetry);
        Assert.Contains("The output of task 'number' can't be read as int", failed.Error.Message);
    }

    [Fact]
    public async Task A_missing_output_is_the_default_and_the_log_says_so()
    {
        const string Script = """
            var dag = Dag("d");
            var list = dag.Task("list").Run(() => new[] { 1 });
            dag.Task("t").From(list).When(AllDone).Run(l => l == null);
            """;

        Assert.Equal("true", Value(await Run(Orders.For(Script, "t", 1))));
        Assert.Contains(Told.Logs, l => l is { Level: LogLevel.Warning, Source: LogSource.System } && l.Text.Contains("'list' gave no output"));
    }

    [Theory]
    [InlineData("int", "7", "3", "3")]
    [InlineData("int", "7", null, "7")]
    [InlineData("TimeSpan", "20.Seconds()", "\"15m\"", "\"00:15:00\"")]
    [InlineData("TimeSpan?", "null", "\"00:00:05\"", "\"00:00:05\"")]
    [InlineData("DateTimeOffset", "default(DateTimeOffset)", "\"2026-11-01\"", "\"2026-11-01T00:00:00+00:00\"")]
    [InlineData("DateOnly", "default(DateOnly)", "\"2026-11-01\"", "\"2026-11-01\"")]
    [InlineData("DayOfWeek", "DayOfWeek.Monday", "\"friday\"", "\"Friday\"")]
    [InlineData("string", "\"a\"", "\"b\"", "\"b\"")]
    [InlineData("int[]", "new[] { 1 }", "[1,2]", "[1,2]")]
    public async Task Params_and_variables_are_read_or_have_their_default(string type, string @default, string? set, string expected)
    {
        var script = $"""
            var dag = Dag("d");
            dag.Task("p").From(Param<{type}>("value", {@default})).Run(v => v);
            dag.Task("v").From(Variable<{type}>("value", {@default})).Run(v => v);
            """;
        var param = Orders.For(script, "p");
        var variable = Orders.For(script, "v", 1);

        Assert.Equal(expected, Value(await Run(set is null ? param : param.WithParam("value", set))));
        Assert.Equal(expected, Value(await Run(set is null ? variable : variable.WithVariable("value", set))));
    }

    [Fact]
    public async Task A_param_of_another_type_fails_without_retry_and_says_which()
    {
        const string Script = """
            var dag = Dag("d");
            dag.Task("t").From(Param("year", 2026)).Run(y => y);
            """;

        var failed = Failed(await Run(Orders.For(Script).WithParam("year", "\"soon\"")), "Wizart.Flow.Runtime.Attempts.InputException");

        Assert.False(failed.MayRetry);
        Assert.StartsWith("Param 'year' is \"soon\", which can't be read as int", failed.Error.Message);
    }

    [Fact]
    public async Task A_missing_connection_says_its_id_its_type_and_where_to_add_it()
    {
        const string Script = """
            var dag = Dag("d");
            dag.Task("t").From(Connection<System.Net.Http.HttpClient>("shop")).Run(c => 1);
            """;

        var failed = Failed(await Run(Orders.For(Script)), "Wizart.Flow.Connections.ConnectionException");

        Assert.Equal(
            "There is no connection 'shop', which the task takes as a HttpClient. Add it to connections.json beside the pipelines.",
            failed.Error.Message);
    }

    [Fact]
    public async Task Secrets_are_hidden_in_logs_errors_progress_and_reasons()
    {
        const string Script = """
            var dag = Dag("d");
            dag.Task("t").From(dag.Context).Run(run =>
            {
                run.Log("key hunter2-secret!");
                Console.WriteLine("printed hunter2-secret! here");
                Console.Error.Write("and hunter2-se"); Console.Error.Write("cret!");
                run.Progress(0.5, "with hunter2-secret!");
                throw new Exception("refused: hunter2-secret!, hunter2-secret%21 and Db@pass", new Exception("inner hunter2-secret!"));
            });
            dag.Task("skips").Run(() => throw new Skip("no hunter2-secret!"));
            """;
        var connections = new Dictionary<string, ConnectionSettings>
        {
            ["shop"] = new("shop", "http", new Dictionary<string, string> { ["token"] = "hunter2-secret!", ["user"] = "someone", ["secret"] = "abc" }),
            ["db"] = new("db", "postgres", new Dictionary<string, string> { ["connectionString"] = "Host=x;Password=Db@pass;Username=abc" }),
        };

        var failed = Failed(await Run(Orders.For(Script) with { Connections = connections }), "System.Exception");
        Assert.Equal("refused: ***, *** and ***", failed.Error.Message);
        Assert.DoesNotContain("hunter2", failed.Error.Stack);
        Assert.Contains("inner ***", failed.Error.Stack);
        Assert.Equal(["key ***", "printed *** here", "and ***"], Told.Lines);
        Assert.Equal("with ***", Told.Events.OfType<AttemptEvent.Progress>().Single().Text);

        Assert.Equal("no ***", Assert.IsType<AttemptOutcome.Skipped>(await Run(Orders.For(Script, "skips", 1) with { Connections = connections })).Reason);
    }
}
