using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.Purity;

public sealed class BodyRulesTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("dag.Task(\"x\").Run(() => { count = 1; });")]
    [InlineData("dag.Task(\"x\").Run(() => count += 1);")]
    [InlineData("dag.Task(\"x\").Run(() => count++);")]
    [InlineData("dag.Task(\"x\").Run(() => --count);")]
    [InlineData("dag.Task(\"x\").Run(() => { int.TryParse(\"1\", out count); });")]
    [InlineData("dag.Task(\"x\").Run(() => Interlocked.Increment(ref count));")]
    [InlineData("dag.Task(\"x\").Run(() => { (count, var other) = (1, 2); });")]
    [InlineData("dag.Task(\"x\").Run(() => { new List<int> { 1 }.ForEach(i => count = i); });")]
    [InlineData("dag.Task(\"x\").Run(Body); void Body() { count = 1; }")]
    [InlineData("dag.Task(\"x\").Run(() => Deeper()); int Deeper() => Deepest(); int Deepest() => count++;")]
    [InlineData("dag.Task(\"x\").OnlyIf(() => count++ > 0).Run(() => 1);")]
    [InlineData("Action body = () => count = 2; dag.Task(\"x\").Run(body);")]
    public async Task A_body_that_assigns_a_variable_of_the_script_is_refused(string code)
    {
        var error = Assert.Single(await _bench.DiagnosticsOf("var dag = Dag(\"a\"); var count = 0;\n" + code));

        Assert.Equal((FlowCodes.BodyAssignsVariable, 2), (error.Code, error.Location!.Line));
        Assert.Contains("'count'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dag.Task(\"x\").Run(() => { var mine = 1; mine++; return mine + count; });")]
    [InlineData("string Next() { count++; return $\"t{count}\"; } dag.Task(Next()).Run(() => 1);")]
    [InlineData("Func<string> next = () => $\"t{count++}\"; dag.Task(next()).Run(() => 1);")]
    [InlineData("new List<int> { 1 }.ForEach(i => count += i); dag.Task(\"x\").Run(() => 1);")]
    [InlineData("count = 5; dag.Task(\"x\").Run(() => { int count; count = 1; return count; });")]
    [InlineData("dag.Task(\"x\").Run(() => { var b = new Box(); b.count = 3; return b.count; }); class Box { public int count; public void Set() { count = 1; } }")]
    public async Task Declaring_code_may_count_and_bodies_may_use_what_is_theirs(string code) =>
        Assert.Empty(await _bench.DiagnosticsOf("var dag = Dag(\"a\"); var count = 0;\n" + code));
}
