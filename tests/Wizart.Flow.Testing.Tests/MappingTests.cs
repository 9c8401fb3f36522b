using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Testing.Tests;

/// <summary>Mapped tasks, through a whole run.</summary>
public sealed class MappingTests
{
    [Fact]
    public async Task Each_element_has_an_instance_and_the_list_comes_together_again()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var brands = dag.Task("brands").Run(() => new[] { new Brand("oak", 2), new Brand("pine", 3) });
            var fetched = dag.Task("fetch").ForEach(brands).Named(b => b.Name).From(dag.LogicalDate).Run((b, date) => b.Count * 10);
            var priced = dag.Task("price").ForEach(fetched).Run(async n => { await Task.Yield(); return n + 1; });
            dag.Task("publish").From(priced, fetched).Run((all, raw) => all.Sum() * 1000 + raw.Length);
            record Brand(string Name, int Count);
            """);

        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal(52_002, result.Output<int>("publish"));
        Assert.Equal(["oak", "pine"], result.Elements("fetch").Select(e => e.Label));
        Assert.Equal(["20", "30"], result.Elements("fetch").Select(e => e.Output.ToString()));
        Assert.Equal([0, 1], result.Elements("price").Select(e => e.MapIndex));
        Assert.Equal(6, result.Tasks.Count);
    }

    [Fact]
    public async Task An_empty_list_skips_the_task_and_what_needs_its_success()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var none = dag.Task("none").Run(() => Array.Empty<int>());
            var mapped = dag.Task("mapped").ForEach(none).Run(n => n);
            var each = dag.Task("each").ForEach(mapped).Run(n => n);
            dag.Task("strict").From(mapped).Run(all => all.Length);
            dag.Task("lenient").From(each).When(NoneFailed).Run(all => all.Length);
            """);

        Assert.Equal(RunState.Success, result.State);
        Assert.Equal("the list to map over is empty", result.Task("mapped").Reason);
        Assert.Equal(TaskState.Skipped, result.Task("each").State);
        Assert.Equal(TaskState.Skipped, result.Task("strict").State);
        Assert.Equal(0, result.Output<int>("lenient"));
    }

    [Fact]
    public async Task One_bad_element_fails_alone()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var list = dag.Task("list").Run(() => Enumerable.Range(0, 5).ToList());
            var first = dag.Task("first").ForEach(list).Run(n => n == 3 ? throw new Fail("no three") : n);
            var second = dag.Task("second").ForEach(first).Run(n => n * 2);
            dag.Task("all").From(second).Run(all => all.Length);
            dag.Task("some").From(second).When(AllDone).Run(all => all);
            """);

        Assert.Equal(RunState.Failed, result.State);
        Assert.Equal([3], result.Elements("first").Where(e => e.State == TaskState.Failed).Select(e => e.MapIndex));
        Assert.Equal([3], result.Elements("second").Where(e => e.State == TaskState.UpstreamFailed).Select(e => e.MapIndex));
        Assert.Equal(TaskState.UpstreamFailed, result.Task("all").State);
        Assert.Equal([0, 2, 4, 8], result.Output<int[]>("some"));
    }

    [Fact]
    public async Task Params_and_constants_are_lists_too()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var names = Param("names", new[] { "a", "b", "c" });
            var ofParam = dag.Task("of_param").ForEach(names).Run(name => name + "!");
            var ofScript = dag.Task("of_script").ForEach(new[] { 1, 2 }).From(ofParam).Run((n, all) => n * all.Length);
            dag.Task("sum").From(ofScript).Run(all => all.Sum());
            """);

        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal(9, result.Output<int>("sum"));
        Assert.Equal(3, result.Elements("of_param").Count);
    }

    [Fact]
    public async Task A_failed_element_is_tried_again_alone_and_a_condition_skips_alone()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var mapped = dag.Task("mapped").ForEach(new[] { 1, 2, 3 }).From(dag.Context)
                .OnlyIf((n, run) => n < 3)
                .Retry(2)
                .Run((n, run) => n == 2 && run.Attempt < 3 ? throw new Exception("again") : n);
            dag.Task("sum").From(mapped).When(NoneFailed).Run(all => all.Sum());
            """);

        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal([1, 3, 1], result.Elements("mapped").Select(e => e.Attempts));
        Assert.Equal(TaskState.Skipped, result.Elements("mapped")[2].State);
        Assert.Equal(3, result.Output<int>("sum"));
    }

    [Fact]
    public async Task No_more_of_its_elements_run_at_once_than_it_says()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var list = dag.Task("list").Run(() => Enumerable.Range(0, 40).ToArray());
            var mapped = dag.Task("mapped").ForEach(list).AtMost(3).Run(async n =>
            {
                var now = Interlocked.Increment(ref Count.Running);
                await Task.Delay(2);
                Interlocked.Decrement(ref Count.Running);
                return now;
            });
            dag.Task("most").From(mapped).Run(all => all.Max());
            static class Count { public static int Running; }
            """);

        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.InRange(result.Output<int>("most"), 2, 3);
    }

    [Fact]
    public async Task Thousands_of_elements_go_through()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var list = dag.Task("list").Run(() => Enumerable.Range(0, 3_000).Select(n => new Row(n, new string('x', 100))).ToArray());
            var mapped = dag.Task("mapped").ForEach(list).Run(row => row.Number);
            var each = dag.Task("each").ForEach(mapped).Run(n => n % 2);
            dag.Task("sum").From(each).Run(all => all.Sum());
            record Row(int Number, string Text);
            """);

        Assert.True(result.State == RunState.Success, result.State.ToString());
        Assert.Equal(1_500, result.Output<int>("sum"));
    }

    [Fact]
    public async Task What_cannot_be_mapped_is_told_where_it_stands()
    {
        await using var scripts = await TemporaryScripts.LoadAsync("""
            var dag = Dag("d");
            var text = dag.Task("text").Run(() => "abc");
            var map = dag.Task("map").Run(() => new Dictionary<string, int>());
            dag.Task("a").ForEach(text).Run(c => 1);
            dag.Task("b").ForEach(map).Run(pair => 1);
            dag.Task("c").ForEach(new[] { 1 }).AtMost(0).Run(n => n);
            """);

        Assert.Equal([(4, "FLOW012"), (5, "FLOW012"), (6, "FLOW012")], scripts.Diagnostics.Select(d => (d.Location!.Line, d.Code)));
    }

    private static async Task<LocalRunResult> RunAsync(string script)
    {
        await using var scripts = await TemporaryScripts.LoadAsync(script);
        Assert.Empty(scripts.Diagnostics);
        return await scripts.RunAsync("d");
    }
}
