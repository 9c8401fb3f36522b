using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Testing.Tests;

/// <summary>Branches, through a whole run.</summary>
public sealed class BranchTests
{
    private const string Sizes =
        """
        var dag = Dag("d");
        var size = Param("size", 5);
        Branch pick = dag.Task("pick").From(size).Choose(n => n > 3 ? big : small);
        var big = dag.Task("big").After(pick).Run(() => "big");
        var small = dag.Task("small").After(pick).Run(() => 1);
        var polish = dag.Task("polish").From(big).Run(text => text + "!");
        dag.Task("join").After(small, polish).When(NoneFailedMinOneSuccess).Run(() => "joined");
        dag.Task("strict").After(small, polish).Run(() => "never");
        dag.Task("beside").After(pick, polish).Run(() => "left to its rule");
        """;

    [Fact]
    public async Task What_is_not_chosen_is_skipped_and_the_join_goes_on()
    {
        var result = await RunAsync(Sizes, new { size = 5 });
        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal(["big"], result.Output<string[]>("pick"));
        Assert.Equal("big!", result.Output<string>("polish"));
        Assert.Equal((TaskState.Skipped, "not chosen by 'pick'"), (result.Task("small").State, result.Task("small").Reason));
        Assert.Equal(TaskState.Success, result.Task("join").State);
        Assert.Equal(TaskState.Skipped, result.Task("strict").State);
        Assert.Equal(TaskState.Success, result.Task("beside").State);
    }

    [Fact]
    public async Task The_other_way_skips_what_comes_after_the_skipped_too()
    {
        var result = await RunAsync(Sizes, new { size = 1 });
        Assert.Equal([TaskState.Skipped, TaskState.Success, TaskState.Skipped], new[] { "big", "small", "polish" }.Select(t => result.Task(t).State));
        Assert.Equal(TaskState.Success, result.Task("join").State);
        Assert.Equal(TaskState.Skipped, result.Task("beside").State);
    }

    [Fact]
    public async Task Several_tasks_or_none_may_be_chosen_and_told_by_their_ids()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            Branch several = dag.Task("several").Choose(() => new ITask[] { a, c });
            var a = dag.Task("a").After(several).Run(() => 1);
            var b = dag.Task("b").After(several).Run(() => 2);
            var c = dag.Task("c").After(several).Run(() => 3);
            var named = dag.Task("named").From(a).Choose(n => n == 1 ? "e" : null);
            var none = dag.Task("none").From(a).Choose(n => n == 1 ? null : "f");
            dag.Task("e").After(named).Run(() => 1);
            dag.Task("f").After(none).Run(() => 1);
            """);
        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal(["b", "f"], result.Tasks.Where(t => t.State == TaskState.Skipped).Select(t => t.Id));
    }

    [Fact]
    public async Task A_task_that_does_not_come_after_the_branch_cannot_be_chosen()
    {
        var result = await RunAsync("""
            var dag = Dag("d");
            var stray = dag.Task("stray").Run(() => 1);
            var pick = dag.Task("pick").Retry(3).Choose(() => stray);
            var unknown = dag.Task("unknown").Retry(3).Choose(() => "nowhere");
            dag.Task("after").After(pick).Run(() => 1);
            """);
        Assert.Equal(RunState.Failed, result.State);
        Assert.Equal(1, result.Task("pick").Attempts);
        Assert.Contains("Add .After(pick) to 'stray'", result.Task("pick").Error!.Message, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", result.Task("unknown").Error!.Message, StringComparison.Ordinal);
        Assert.Equal(TaskState.UpstreamFailed, result.Task("after").State);
    }

    [Fact]
    public async Task A_dag_that_fails_fast_begins_nothing_after_the_first_failure()
    {
        var result = await RunAsync("""
            var dag = Dag("d").FailFast().MaxActiveTasks(1);
            dag.Task("good").Priority(2).Run(() => 1);
            dag.Task("bad").Priority(1).Run(() => throw new Fail("no"));
            dag.Task("late").Run(() => 1);
            """);
        Assert.Equal(RunState.Failed, result.State);
        Assert.Equal("task 'bad' failed, and the DAG fails fast", result.Run.Reason);
        Assert.Equal(TaskState.Success, result.Task("good").State);
        Assert.Equal(TaskState.Cancelled, result.Task("late").State);
    }

    private static async Task<LocalRunResult> RunAsync(string script, object? @params = null)
    {
        await using var scripts = await TemporaryScripts.LoadAsync(script);
        Assert.Empty(scripts.Diagnostics);
        return await scripts.RunAsync("d", @params: @params);
    }
}
