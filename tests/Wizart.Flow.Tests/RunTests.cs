using Wizart.Flow.Execution;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests;

/// <summary>Every way to write a body: the overload that the compiler picks, and what the body gives.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task Without_inputs()
    {
        Is<Output<int>>(await Runs(d => d.Task("x").Run(() => 1)), 1);
        Is<Output<int>>(await Runs(d => d.Task("x").Run(async () => { await Task.Yield(); return 2; })), 2);
        Is<Output<int>>(await Runs(d => d.Task("x").Run(() => Task.FromResult(3))), 3);
        Is<Done>(await Runs(d => d.Task("x").Run(() => { })), null);
        Is<Done>(await Runs(d => d.Task("x").Run(async () => { await Task.Yield(); })), null);
        Is<Done>(await Runs(d => d.Task("x").Run(() => Task.CompletedTask)), null);
        Is<Done>(await Runs(d => d.Task("x").Run(async () => await Task.Delay(0, TestContext.Current.CancellationToken))), null);
    }

    [Fact]
    public async Task With_method_groups()
    {
        Is<Output<int>>(await Runs(d => d.Task("x").Run(Give)), 7);
        Is<Output<int>>(await Runs(d => d.Task("x").Run(GiveAsync)), 8);
        Is<Done>(await Runs(d => d.Task("x").Run(Do)), null);
        Is<Done>(await Runs(d => d.Task("x").Run(DoAsync)), null);
        Is<Output<string>>(await Runs(d => d.Task("x").From(One(d)).Run(Text)), "1");
        Is<Output<string>>(await Runs(d => d.Task("x").From(One(d)).Run(TextAsync)), "1");
        Is<Done>(await Runs(d => d.Task("x").From(One(d)).Run(Take)), null);
        Is<Done>(await Runs(d => d.Task("x").From(One(d)).Run(TakeAsync)), null);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d)).Run(Add)), 2);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d)).Run(AddAsync)), 2);
    }

    [Fact]
    public async Task From_one_to_six_inputs()
    {
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d)).Run(a => a)), 1);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d)).Run((a, b) => a + b)), 2);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d), One(d)).Run((a, b, c) => a + b + c)), 3);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d), One(d), One(d)).Run((a, b, c, e) => a + b + c + e)), 4);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d), One(d), One(d), One(d)).Run((a, b, c, e, f) => a + b + c + e + f)), 5);
        Is<Output<int>>(
            await Runs(d => d.Task("x").From(One(d), One(d), One(d), One(d), One(d), One(d)).Run((a, b, c, e, f, g) => a + b + c + e + f + g)), 6);
    }

    [Fact]
    public async Task From_inputs_asynchronously_and_without_a_value()
    {
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d)).Run(async a => { await Task.Yield(); return a; })), 1);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d)).Run((a, b) => Task.FromResult(a + b))), 2);
        Is<Done>(await Runs(d => d.Task("x").From(One(d)).Run(a => { })), null);
        Is<Done>(await Runs(d => d.Task("x").From(One(d)).Run(a => Task.CompletedTask)), null);
        Is<Done>(await Runs(d => d.Task("x").From(One(d)).Run(async a => { await Task.Yield(); })), null);
        Is<Output<int>>(await Runs(d => d.Task("x").From(One(d), One(d), One(d), One(d), One(d), One(d))
            .Run(async (a, b, c, e, f, g) => { await Task.Yield(); return a + b + c + e + f + g; })), 6);
        Is<Done>(await Runs(d => d.Task("x").From(One(d), One(d), One(d), One(d), One(d), One(d))
            .Run(async (a, b, c, e, f, g) => { await Task.Yield(); })), null);
    }

    [Fact]
    public async Task A_body_that_only_throws_is_a_body()
    {
        var failing = Body(d => d.Task("x").From(One(d)).Run(int (_) => throw new Fail("no")));
        await Assert.ThrowsAsync<Fail>(async () => await failing(new Reader()));
    }

    [Fact]
    public async Task Words_keep_the_inputs_in_any_order()
    {
        Is<Output<int>>(
            await Runs(d => d.Task("x").Describe("x").From(One(d)).Retry(2).OnlyIf(a => a > 0).Timeout(1.Minutes()).When(AllDone).Run(a => a)), 1);
    }

    [Fact]
    public void A_condition_sees_the_inputs()
    {
        using var scope = ScriptScope.Begin();
        var dag = Dag("a");
        dag.Task("x").From(One(dag), One(dag)).OnlyIf((a, b) => a > b).Run((a, b) => { });
        dag.Task("y").OnlyIf(() => true).Run(() => { });
        Assert.False(scope.FindTask("a", 0)!.Condition!(new Reader()));
        Assert.True(scope.FindTask("a", "y")!.Condition!(new Reader()));
    }

    [Fact]
    public void A_value_task_is_work_and_not_a_value() => Assert.Contains(
        "is work, not a value",
        Declared.Error(() => Dag("a").Task("x").Run(() => ValueTask.FromResult(1))).Message);

    [Fact]
    public void A_task_is_found_by_its_id_and_by_its_place()
    {
        using var scope = ScriptScope.Begin();
        Dag("a").Task("x").Run(() => { });
        Assert.Equal("x", scope.FindTask("a", 0)!.Id);
        Assert.Null(scope.FindTask("a", 1));
        Assert.Null(scope.FindTask("b", 0));
        Assert.Null(scope.FindTask("a", "y"));
        Assert.Equal(1, scope.TaskCount);
    }

    private static int Give() => 7;

    private static Task<int> GiveAsync() => Task.FromResult(8);

    private static void Do()
    {
    }

    private static Task DoAsync() => Task.CompletedTask;

    private static string Text(int value) => $"{value}";

    private static async Task<string> TextAsync(int value)
    {
        await Task.Yield();
        return $"{value}";
    }

    private static void Take(int value)
    {
    }

    private static Task TakeAsync(int value) => Task.CompletedTask;

    private static int Add(int a, int b) => a + b;

    private static Task<int> AddAsync(int a, int b) => Task.FromResult(a + b);

    private static Variable<int> One(Dag dag) => Variable("one", 1);

    private static void Is<TEnding>((ITask Ending, object? Value) run, object? expected)
    {
        Assert.IsType<TEnding>(run.Ending);
        Assert.Equal(expected, run.Value);
    }

    private static async Task<(ITask Ending, object? Value)> Runs(Func<Dag, ITask> declare)
    {
        using var scope = ScriptScope.Begin();
        var ending = declare(Dag("a"));
        Assert.Empty(scope.Describe().Diagnostics);
        return (ending, await scope.FindTask("a", "x")!.Body!(new Reader()));
    }

    private static TaskBody Body(Func<Dag, ITask> declare)
    {
        using var scope = ScriptScope.Begin();
        return declare(Dag("a")).Draft.Body!;
    }

    /// <summary>Gives variables and params their defaults; has nothing else.</summary>
    private sealed class Reader : IInputReader
    {
        public TaskContext Context => throw new NotSupportedException();

        public T Output<T>(string taskId) => throw new NotSupportedException();

        public T[] MappedOutput<T>(string taskId) => throw new NotSupportedException();

        public T Element<T>() => throw new NotSupportedException();

        public T Connection<T>(string id) => throw new NotSupportedException();

        public T Variable<T>(string name, T @default) => @default;

        public T Param<T>(string name, T @default) => @default;

        public AssetUpdate<T> Asset<T>(string uri) => throw new NotSupportedException();

        public AssetEvents AssetEvents(string uri) => throw new NotSupportedException();

        public Trend Trend(Flow.Model.TrendModel trend) => new(trend.Name, []);
    }
}
