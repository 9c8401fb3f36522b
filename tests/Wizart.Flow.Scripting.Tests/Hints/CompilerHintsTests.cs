using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.Hints;

public sealed class CompilerHintsTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("dag.Task(\"x\").From(numbers, dag.Interval).Run(n => 1);", "CS1593", FlowCodes.HintInputCount, "2 inputs, (int[], DataInterval), but this one takes 1. Write Run((a, b) => …)")]
    [InlineData("dag.Task(\"x\").From(numbers).Run(() => 1);", "CS1593", FlowCodes.HintInputCount, "one input, (int[]), but this one takes 0. Write Run(a => …)")]
    [InlineData("dag.Task(\"x\").Run(n => 1);", "CS1593", FlowCodes.HintInputCount, "names no inputs")]
    [InlineData("dag.Task(\"x\").From(numbers).OnlyIf(() => true).Run(n => 1);", "CS1593", FlowCodes.HintInputCount, "OnlyIf(a => …)")]
    [InlineData("dag.Task(\"x\").From(numbers).Run((string n) => n.Length);", "CS1661", FlowCodes.HintInputType, "(int[])")]
    [InlineData("dag.Task(\"x\").From(numbers).Run(Count); int Count(string s) => s.Length;", "CS1503", FlowCodes.HintInputType, "Count takes (string), but Run gives it what From names, in the same order: (int[])")]
    [InlineData("dag.Task(\"x\").From(numbers, dag.Interval).Run(Count); int Count(int[] s) => s.Length;", "CS1503", FlowCodes.HintInputCount, "(int[], DataInterval)")]
    [InlineData("var half = dag.Task(\"half\").Retry(2); dag.Task(\"x\").From(half).Run(h => 1);", "CS0411", FlowCodes.HintNotAnInput, "'half' is a task that does nothing yet")]
    [InlineData("var done = dag.Task(\"done\").Run(() => { }); dag.Task(\"x\").From(done, numbers).Run((d, n) => 1);", "CS0411", FlowCodes.HintNotAnInput, ".After(done)")]
    [InlineData("dag.Task(\"x\").From(5).Run(n => 1);", "CS0411", FlowCodes.HintNotAnInput, "'5' is a plain value (int)")]
    [InlineData("dag.Task(\"x\").After(\"numbers\").Run(() => 1);", "CS1503", FlowCodes.HintNotAnInput, "After takes tasks, not string")]
    [InlineData("dag.Task(\"x\").Run(() => numbers.Length);", "CS1061", FlowCodes.HintValueNotYetKnown, "'numbers' is the output of a task")]
    [InlineData("dag.Task(\"x\").Run(() => numbers.Sum());", "CS1929", FlowCodes.HintValueNotYetKnown, "Name it in From(…)")]
    [InlineData("foreach (var n in numbers) dag.Task(\"x\").Run(() => 1);", "CS1579", FlowCodes.HintValueNotYetKnown, "int[]")]
    [InlineData("var p = Param(\"p\", 1); dag.Task(\"x\").Run(() => p + 1);", "CS0019", FlowCodes.HintValueNotYetKnown, "'p' is an input (Param<int>)")]
    [InlineData("dag.Task(\"x\").Run(() => numbers[0]);", "CS0021", FlowCodes.HintValueNotYetKnown, "'numbers'")]
    [InlineData("int[] n = numbers; dag.Task(\"x\").Run(() => n);", "CS0029", FlowCodes.HintValueNotYetKnown, "'numbers'")]
    [InlineData("dag.Task(\"x\").From(Interval).Run(i => 1);", "CS0103", FlowCodes.HintRunInput, "dag.Interval")]
    [InlineData("var n = numbers; dag.Task(\"x\").From(n,n,n,n,n,n,n).Run((a,b,c,d,e,f,g) => 1);", "CS1501", FlowCodes.HintTooManyInputs, "up to 6 inputs, not 7")]
    [InlineData("var c = Connection<HttpApy>(\"c\"); dag.Task(\"x\").Run(() => 1);", "CS0246", FlowCodes.HintUnknownClient, "'HttpApy'")]
    [InlineData("dag.Run(() => 1);", "CS1061", FlowCodes.HintWrongWord, "dag.Task(\"…\").Run(…)")]
    [InlineData("dag.Task(\"x\").Run(() => 1).Retry(2);", "CS1061", FlowCodes.HintWrongWord, "say 'Retry' before Run")]
    [InlineData("numbers.Task(\"x\").Run(() => 1);", "CS1061", FlowCodes.HintWrongWord, "'numbers' is a task, not a DAG")]
    public async Task A_compiler_error_that_reads_badly_has_advice_beside_it(string code, string error, string hint, string advice)
    {
        var diagnostics = await _bench.DiagnosticsOf(
            "var dag = Dag(\"a\");\nvar numbers = dag.Task(\"numbers\").Run(() => new[] { 1, 2 });\n" + code);

        var told = Assert.Single(diagnostics, d => d.Code == error);
        var beside = Assert.Single(diagnostics, d => d.Code.StartsWith("FLOW2", StringComparison.Ordinal));
        Assert.Equal((hint, DiagnosticSeverity.Warning, told.Location), (beside.Code, beside.Severity, beside.Location));
        Assert.Contains(advice, beside.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dag.Task(\"x\").Run(() => Missing());")]
    [InlineData("dag.Task(\"x\").From(dag.Interval).Run(i => i.Strat);")]
    [InlineData("int n = \"text\";")]
    [InlineData("\"text\".Run();")]
    public async Task Other_errors_are_left_to_speak_for_themselves(string code)
    {
        var diagnostics = await _bench.DiagnosticsOf("var dag = Dag(\"a\");\n" + code);

        Assert.Single(diagnostics);
        Assert.StartsWith("CS", diagnostics[0].Code, StringComparison.Ordinal);
    }
}
