using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Scripts;
using Wizart.Flow.Runtime.Tests.Workers;

namespace Wizart.Flow.Runtime.Tests.Contract;

public sealed class InProcessRunnerTests : RunnerContract, IDisposable
{
    private readonly InProcessRunner _runner;

    public InProcessRunnerTests()
    {
        ArtifactRoot = Directory.CreateTempSubdirectory("flow-artifacts-").FullName;
        var types = new ConnectionTypes().Add<FakeClient>(["fake"], (settings, scope) => new FakeClient(settings, scope));
        _runner = new InProcessRunner(types)
        {
            ArtifactRoot = ArtifactRoot,
            CancelGrace = TimeSpan.FromSeconds(3),
            DescribeTimeout = TimeSpan.FromSeconds(4),
        };
    }

    protected override string ArtifactRoot { get; }

    protected override IScriptEvaluator Evaluator => _runner;

    protected override Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control) =>
        _runner.RunAsync(order, tell, control);

    public void Dispose()
    {
        Control.Dispose();
        Directory.Delete(ArtifactRoot, recursive: true);
    }

    private const string Client = """
        using Wizart.Flow.Runtime.Tests.Contract;
        var dag = Dag("d");
        var fake = Connection<FakeClient>("it");
        dag.Task("t").From(fake, fake).OnlyIf((a, b) => true).Run((a, b) => $"{a.Url} {object.ReferenceEquals(a, b)}");
        """;

    private static AttemptOrder ClientOrder(string type = "fake", string close = "") => Orders.For(Client) with
    {
        Connections = new Dictionary<string, ConnectionSettings>
        {
            ["it"] = new("it", type, new Dictionary<string, string> { ["url"] = "http://x", ["close"] = close }),
        },
    };

    [Fact]
    public async Task A_client_is_built_once_from_its_settings_and_closed_at_the_end()
    {
        Assert.Equal("\"http://x True\"", Value(await Run(ClientOrder())));
        Assert.Equal(["built", "closed"], Told.Lines);
    }

    [Fact]
    public async Task A_client_that_does_not_close_is_told_and_costs_nothing()
    {
        Assert.Equal("\"http://x True\"", Value(await Run(ClientOrder(close: "no"))));
        Assert.Contains(Told.Lines, l => l.StartsWith("Connection 'it' did not close: InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_of_another_type_is_refused()
    {
        var failed = Failed(await Run(ClientOrder("sqlite")), "Wizart.Flow.Connections.ConnectionException");
        Assert.StartsWith("Connection 'it' is of type 'sqlite', but a FakeClient is made of 'fake'.", failed.Error.Message);
    }

    [Fact]
    public async Task A_body_that_ignores_its_cancellation_is_left_behind()
    {
        var running = Run("run => { run.Log(\"waiting\"); new ManualResetEvent(false).WaitOne(); }");
        await Told.Line("waiting");
        Control.Stop(StopKind.Cancel, "by ann");

        Assert.Contains("was left behind", Assert.IsType<AttemptOutcome.Cancelled>(await running).Reason);
    }

    [Fact]
    public async Task What_a_script_prints_while_it_is_declared_is_not_seen()
    {
        var image = TestScript.Compile("Console.WriteLine(\"declared\"); Dag(\"d\").Task(\"t\").Run(() => 1);");
        using var process = Processes.StartOwn(Program.Describe, image.Directory);
        Assert.Equal("1 DAG", (await process.StandardOutput.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task Attempts_side_by_side_have_logs_of_their_own()
    {
        var order = Orders.Body("""
            async run =>
            {
                for (var i = 0; i < 200; i++) { Console.WriteLine(run.RunId); if (i % 20 == 0) await Task.Yield(); }
            }
            """);
        var runs = await Task.WhenAll(Enumerable.Range(1, 8).Select(async id =>
        {
            var told = new Told();
            using var control = new AttemptControl();
            await _runner.RunAsync(order with { RunId = id }, told.Add, control);
            return (Id: id.ToString(), told.Lines);
        }));

        foreach (var (id, lines) in runs) Assert.Equal(Enumerable.Repeat(id, 200), lines);
    }
}

/// <summary>A client for test scripts.</summary>
public sealed class FakeClient : IDisposable
{
    private readonly ConnectionSettings _settings;
    private readonly ConnectionScope _scope;

    public FakeClient(ConnectionSettings settings, ConnectionScope scope)
    {
        (_settings, _scope) = (settings, scope);
        scope.Log("built", LogLevel.Information);
    }

    public string Url => _settings.Require("url");

    public void Dispose()
    {
        if (_settings.Find("close") == "no") throw new InvalidOperationException("stuck");
        _scope.Log("closed", LogLevel.Information);
    }
}
