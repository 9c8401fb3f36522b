using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Tests.Scripts;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>Scripts that harm the process which evaluates them.</summary>
[Collection(Alone.Name)]
public sealed class WorkerDescriptionTests : PoolTest
{
    private const string File = "/pipelines/bad.csx";

    private static WorkerPoolOptions Options => new()
    {
        DescribeTimeout = TimeSpan.FromSeconds(5),
        DescribeMemoryLimitBytes = 300 * 1024 * 1024,
        MaxDescribers = 1,
    };

    private static Task<ScriptDescription> Describe(WorkerPool pool, string script) =>
        pool.DescribeAsync(TestScript.Compile(script, File), File, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

    private async Task<Diagnostic> Refused(string script)
    {
        var pool = NewPool(Options);
        var diagnostic = Assert.Single((await Describe(pool, script)).Diagnostics);
        Assert.Equal(File, diagnostic.Location!.File);
        Assert.True((await Describe(pool, "Dag(\"good\").Task(\"t\").Run(() => 1);")).IsValid);
        return diagnostic;
    }

    [Fact]
    public async Task A_stack_overflow()
    {
        var diagnostic = await Refused("int Deep(int x) => Deep(x + 1) + 1; var deep = Deep(0);");
        Assert.Equal(FlowCodes.ScriptDied, diagnostic.Code);
        Assert.Contains("A stack overflow", diagnostic.Message);
    }

    [Fact]
    public async Task Environment_Exit()
    {
        var diagnostic = await Refused("Environment.Exit(3);");
        Assert.Equal(FlowCodes.ScriptDied, diagnostic.Code);
        Assert.Contains("exit code 3", diagnostic.Message);
    }

    [Theory]
    [InlineData("var list = new List<byte[]>(); while (true) list.Add(new byte[1_000_000]);")]
    [InlineData("while (true) { var p = System.Runtime.InteropServices.Marshal.AllocHGlobal(10_000_000); unsafe { new Span<byte>((void*)p, 10_000_000).Fill(1); } Thread.Sleep(2); }")]
    public async Task Memory_without_bound(string script) => Assert.Equal(FlowCodes.ScriptTooLarge, (await Refused(script)).Code);

    [Fact]
    public async Task A_gigabyte_of_output()
    {
        var pool = NewPool(Options with { DescribeTimeout = TimeSpan.FromSeconds(60) });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var description = await Describe(pool, """
            var line = new string('x', 999);
            for (var i = 0; i < 900_000; i++) Console.WriteLine(line);
            System.Diagnostics.Process.Start("sh", new[] { "-c", "yes | head -c 100000000" }).WaitForExit();
            Dag("loud").Task("t").Run(() => 1);
            """);
        Assert.True(description.IsValid);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 50_000_000);
    }

    [Fact]
    public async Task A_description_may_be_given_up()
    {
        var pool = NewPool(Options);
        using var cancellation = new CancellationTokenSource();
        var describing = pool.DescribeAsync(TestScript.Compile("while (Environment.TickCount64 > 0) { }", File), File, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => describing);
        Assert.True((await Describe(pool, "Dag(\"good\").Task(\"t\").Run(() => 1);")).IsValid);
    }

    [Fact]
    public async Task A_connection_that_no_provider_makes_is_told()
    {
        var description = await Describe(NewPool(Options), "var dag = Dag(\"d\"); dag.Task(\"t\").From(Connection<System.Text.StringBuilder>(\"x\")).Run(x => 1);");
        Assert.Equal(FlowCodes.UnknownConnectionType, Assert.Single(description.Diagnostics).Code);
    }
}
