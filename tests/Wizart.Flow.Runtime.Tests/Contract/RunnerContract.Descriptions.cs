using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Tests.Scripts;

namespace Wizart.Flow.Runtime.Tests.Contract;

/// <summary>What scripts declare.</summary>
public abstract partial class RunnerContract
{
    protected Task<ScriptDescription> Describe(string script) =>
        Evaluator.DescribeAsync(TestScript.Compile(script, "/pipelines/some.csx"), "/pipelines/some.csx", CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task A_script_is_described()
    {
        var description = await Describe("""
            Console.WriteLine("printed while declared");
            var dag = Dag("etl").Describe("does it");
            var a = dag.Task("a").Run(() => 1);
            dag.Task("b").From(a).Run(x => x + 1);
            Dag("other").Task("c").Run(() => { });
            """);

        Assert.True(description.IsValid);
        Assert.Equal(["etl", "other"], description.Dags.Select(d => d.Id));
        Assert.Equal([0], description.Dags[0].Tasks[1].Upstream);
        Assert.Equal("int", description.Dags[0].Tasks[1].Output?.Name);
    }

    [Fact]
    public async Task All_structure_errors_are_told()
    {
        var description = await Describe("""
            var dag = Dag("etl");
            dag.Task("a").Run(() => 1);
            dag.Task("a").Run(() => 1);
            dag.Task("unfinished");
            """);

        Assert.Equal([FlowCodes.DuplicateTask, FlowCodes.NoEnding], description.Diagnostics.Select(d => d.Code).Order());
        Assert.Contains(description.Diagnostics, d => d.Location == new SourceLocation("/pipelines/some.csx", 3));
    }

    [Fact]
    public async Task A_script_that_throws_is_told_with_its_line()
    {
        var diagnostic = Assert.Single((await Describe("""
            var dag = Dag("etl");
            int Half(int x) => x / int.Parse("0");
            var half = Half(3);
            """)).Diagnostics);

        Assert.Equal(FlowCodes.ScriptThrew, diagnostic.Code);
        Assert.Equal(("/pipelines/some.csx", 2), (diagnostic.Location!.File, diagnostic.Location.Line));
        Assert.True(diagnostic.Location.Column > 0);
        Assert.Contains("DivideByZeroException", diagnostic.Message);
    }

    [Fact]
    public async Task A_script_that_never_ends_is_too_slow()
    {
        var diagnostic = Assert.Single((await Describe("while (Environment.TickCount64 > 0) { }")).Diagnostics);
        Assert.Equal((FlowCodes.ScriptTooSlow, "/pipelines/some.csx"), (diagnostic.Code, diagnostic.Location?.File));
        Assert.Contains("took longer than 4 s", diagnostic.Message);
    }
}
