using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Scripts;

namespace Wizart.Flow.Runtime.Tests.Contract;

/// <summary>How attempts end.</summary>
public abstract partial class RunnerContract
{
    [Fact]
    public async Task A_false_condition_skips_and_its_text_is_the_reason()
    {
        const string Script = """
            var dag = Dag("d");
            var rows = dag.Task("rows").Run(() => new int[0]);
            dag.Task("t").From(rows).OnlyIf(rows => rows.Length > 0).Run(rows => 1);
            """;

        var skipped = await Run(Orders.For(Script, "t", 1).WithOutput("rows", "[]"));
        Assert.Equal("rows => rows.Length > 0", Assert.IsType<AttemptOutcome.Skipped>(skipped).Reason);
        Assert.Equal("1", Value(await Run(Orders.For(Script, "t", 1).WithOutput("rows", "[5]"))));
    }

    [Fact]
    public async Task Skip_skips() =>
        Assert.Equal("no new files", Assert.IsType<AttemptOutcome.Skipped>(await Run("_ => { throw new Skip(\"no new files\"); }")).Reason);

    [Fact]
    public async Task Fail_fails_without_retry()
    {
        var failed = Failed(await Run("_ => { throw new Fail(\"the key was revoked\"); }"), "Wizart.Flow.Fail");
        Assert.Equal("the key was revoked", failed.Error.Message);
        Assert.False(failed.MayRetry);
    }

    [Fact]
    public async Task RetryAfter_fails_with_its_wait()
    {
        var failed = Failed(await Run("_ => { throw new RetryAfter(3.Minutes(), \"busy\"); }"), "Wizart.Flow.RetryAfter");
        Assert.Equal((TimeSpan.FromMinutes(3), true, "busy"), (failed.RetryAfter, failed.MayRetry, failed.Error.Message));
    }

    [Theory]
    [InlineData("e => e is TimeoutException", "new TimeoutException()", true)]
    [InlineData("e => e is TimeoutException", "new InvalidOperationException()", false)]
    [InlineData("e => e is TimeoutException", "new AggregateException(new TimeoutException())", true)]
    public async Task A_retry_filter_decides_on_the_exception_itself(string filter, string exception, bool mayRetry)
    {
        var script = $"var dag = Dag(\"d\");\ndag.Task(\"t\").Retry(3, on: {filter}).Run(() => {{ throw {exception}; }});";
        Assert.Equal(mayRetry, Assert.IsType<AttemptOutcome.Failed>(await Run(Orders.For(script))).MayRetry);
    }

    [Fact]
    public async Task A_retry_filter_that_throws_refuses_and_says_so()
    {
        const string Script = """
            var dag = Dag("d");
            dag.Task("t").Retry(3, on: e => throw new Exception("bad filter")).Run(() => { throw new Exception("bad body"); });
            """;

        var failed = Failed(await Run(Orders.For(Script)), "System.Exception");

        Assert.False(failed.MayRetry);
        Assert.Equal("bad body (Not tried again: its retry filter threw System.Exception: bad filter)", failed.Error.Message);
    }

    [Fact]
    public async Task An_exception_is_told_with_the_line_of_the_script()
    {
        const string Script = """
            var dag = Dag("d");
            class ShopDown(string why, Exception inner) : Exception(why, inner);
            int Price(string text) => int.Parse(text);
            async Task<int> Ask(string text)
            {
                await Task.Yield();
                try { return Price(text); }
                catch (FormatException e) { throw new ShopDown("the shop is down", e); }
            }
            dag.Task("t").Run(async () =>
            {
                return await Ask("x");
            });
            """;

        var error = Failed(await Run(Orders.For(Script)), "ShopDown").Error;

        Assert.Equal("the shop is down", error.Message);
        Assert.Equal(("test.csx", 8), (error.Location!.File, error.Location.Line));
        Assert.Equal("catch (FormatException e) { throw new ShopDown(\"the shop is down\", e); }", error.SourceLine);
        var stack = error.Stack!.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("ShopDown: the shop is down", stack[0]);
        Assert.Equal("   at Ask() in test.csx:8", stack[1]);
        Assert.Equal("   at lambda () in test.csx:12", stack[2]);
        Assert.StartsWith("caused by System.FormatException: ", stack[3]);
        Assert.Contains("   at Price(string text) in test.csx:3", stack);
        Assert.DoesNotContain("MoveNext", error.Stack);
        Assert.DoesNotContain("Wizart.Flow", error.Stack);
        Assert.DoesNotContain("CompilerServices", error.Stack);
    }

    [Fact]
    public async Task An_exception_wrapped_by_tasks_is_told_as_itself()
    {
        var failed = Failed(await Run("_ => { Task.Run(() => { throw new ArgumentException(\"wrapped\"); }).Wait(); }"), "System.ArgumentException");
        Assert.Equal("wrapped", failed.Error.Message);
        Assert.Equal(2, failed.Error.Location?.Line);
        Assert.True(failed.MayRetry);
    }

    [Fact]
    public async Task Several_exceptions_are_all_in_the_stack()
    {
        var error = Failed(
            await Run("_ => { throw new AggregateException(new Exception(\"one\"), new Exception(\"two\")); }"), "System.AggregateException").Error;
        Assert.Contains("caused by System.Exception: one", error.Stack);
        Assert.Contains("caused by System.Exception: two", error.Stack);
    }

    [Fact]
    public async Task A_script_that_throws_now_fails_the_attempt_with_its_line()
    {
        const string Script = """
            var dag = Dag("d");
            if (Environment.CurrentManagedThreadId > 0) throw new Exception("not today");
            dag.Task("t").Run(() => 1);
            """;

        var error = Failed(await Run(Orders.For(Script)), "System.Exception").Error;

        Assert.Equal(("not today", 2), (error.Message, error.Location?.Line));
    }

    [Fact]
    public async Task A_task_that_the_script_does_not_declare_fails_without_retry()
    {
        var failed = Failed(
            await Run(Orders.Body("_ => 1") with { TaskId = "other", TaskIndex = 5 }), "Wizart.Flow.Runtime.Attempts.TaskNotFoundException");
        Assert.False(failed.MayRetry);
        Assert.Contains("'other'", failed.Error.Message);
    }

    [Fact]
    public async Task An_image_that_is_not_there_fails_with_advice()
    {
        var failed = Failed(
            await Run(Orders.Body("_ => 1") with { Image = new ImageReference("none", "/nowhere/none") }), "Wizart.Flow.Runtime.Images.ImageException");
        Assert.Contains("Save the script again", failed.Error.Message);
    }

    [Fact]
    public async Task Bodies_of_different_attempts_share_no_script_variables()
    {
        const string Script = """
            var count = 0;
            var dag = Dag("d");
            dag.Task("t").Run(() => ++count);
            """;
        Assert.Equal("1", Value(await Run(Orders.For(Script))));
        Assert.Equal("1", Value(await Run(Orders.For(Script))));
    }

    [Fact]
    public async Task A_large_script_is_evaluated_once()
    {
        const string Script = """
            var dag = Dag("d");
            var mark = Guid.NewGuid();
            for (var i = 0; i < 300; i++) dag.Task($"t{i}").Run(() => mark);
            """;
        var first = Value(await Run(Orders.For(Script, "t7", 7)));
        // One worker may not be the other: several tries meet the same one, as each goes to the one used last.
        Assert.Equal(first, Value(await Run(Orders.For(Script, "t299", 299))));
    }

    [Fact]
    public async Task A_large_output_goes_to_the_artifact_store_and_is_read_from_there()
    {
        const string Script = """
            var dag = Dag("d");
            var big = dag.Task("big").Run(() => Enumerable.Range(0, 100_000).ToArray());
            dag.Task("sum").From(big).Run(b => b.Sum(x => (long)x));
            """;
        var stored = Assert.IsType<AttemptOutcome.Succeeded>(await Run(Orders.For(Script, "big"))).Value!;

        Assert.Null(stored.Json);
        Assert.Equal("big.json", stored.Stored!.Name);
        Assert.Equal("application/json", stored.Stored.ContentType);
        var sum = Orders.For(Script, "sum", 1) with { Outputs = new Dictionary<string, TaskValue> { ["big"] = stored } };
        Assert.Equal("4999950000", Value(await Run(sum)));
    }

    [Theory]
    [InlineData("_ => new byte[60 * 1024 * 1024]")]
    [InlineData("_ => new string('x', 65 * 1024 * 1024)")]
    [InlineData("_ => Enumerable.Repeat(\"some words of text\", 5_000_000)")]
    public async Task A_huge_output_is_refused_with_advice(string body)
    {
        var failed = Failed(await Run(body), "Wizart.Flow.Runtime.Attempts.OutputException");
        Assert.False(failed.MayRetry);
        Assert.Contains("larger than 64 MB", failed.Error.Message);
        Assert.Contains("artifact", failed.Error.Message);
    }

    [Fact]
    public async Task An_output_that_refers_back_to_itself_is_refused_with_advice()
    {
        const string Script = """
            class Node { public Node Next { get; set; } }
            var dag = Dag("d");
            dag.Task("t").Run(() => { var node = new Node(); node.Next = node; return node; });
            dag.Task("type").Run(() => (object)typeof(string));
            """;
        foreach (var (task, index) in new[] { ("t", 0), ("type", 1) })
        {
            var failed = Failed(await Run(Orders.For(Script, task, index)), "Wizart.Flow.Runtime.Attempts.OutputException");
            Assert.False(failed.MayRetry);
            Assert.Contains("can't be written as JSON", failed.Error.Message);
        }
    }
}
