using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Tests.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Callbacks;

/// <summary>Which callbacks each cause of an end calls for.</summary>
public sealed class CallbackDeliveriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly CallbackModel[] Everything =
        [.. Enum.GetValues<CallbackEvent>().Select(e => new CallbackModel(e, new NotifierModel(NotifierKind.Log)))];

    private static readonly AttemptOutcome.Failed Broken = new(new TaskError { Type = "Exception", Message = "broken" });

    /// <summary>What became of the first of three tasks, of which the second waits for it and the third stands alone and is queued.</summary>
    public static TheoryData<string, string> Causes => new()
    {
        { "success", "task t0 success success" },
        { "skip", "task t0 skipped skipped, task t0 skipped skipped (dag), task t1 skipped skipped, task t1 skipped skipped (dag)" },
        { "failure", "task t0 failure failed" },
        { "failure, retried", "task t0 retry up_for_retry, task t0 retry up_for_retry (dag)" },
        { "failure, retried at once", "task t0 retry up_for_retry, task t0 retry up_for_retry (dag)" },
        { "failure that refuses a retry", "task t0 failure failed" },
        { "timeout", "task t0 failure failed" },
        { "lost", "task t0 failure failed" },
        { "lost, retried", "task t0 retry up_for_retry, task t0 retry up_for_retry (dag)" },
        { "cancelled body", "task t0 failure cancelled" },
        { "run cancelled", "" }, // nothing has ended yet: the body is asked to stop
        { "run cancelled, body stopped", "task t0 failure cancelled, run failure cancelled" },
        { "run cancelled, body ends well", "task t0 success success, run failure cancelled" },
        { "run timed out, body killed", "task t0 failure failed, run failure failed" },
        { "run cancelled in the wait for a retry", "task t0 retry up_for_retry, task t0 retry up_for_retry (dag), task t0 failure cancelled, run failure cancelled" },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void Every_cause_calls_for_its_callbacks(string cause, string expected)
    {
        var retry = cause.Contains("at once", StringComparison.Ordinal) ? new RetryModel(1, Backoff.None)
            : cause.Contains("retr", StringComparison.Ordinal) ? new RetryModel(1, Backoff.Fixed(TimeSpan.FromMinutes(1)))
            : RetryModel.None;
        var live = Begin(Model(retry));
        var told = new List<Delivery>();
        Assert.True(RunPlanner.Claim(live, live[0], "node", Now));
        Assert.Empty(Take(live));

        switch (cause)
        {
            case "success":
                End(new AttemptOutcome.Succeeded(null));
                break;
            case "skip":
                End(new AttemptOutcome.Skipped("nothing to do"));
                break;
            case "failure that refuses a retry":
                End(Broken with { MayRetry = false });
                break;
            case "timeout":
                End(new AttemptOutcome.Failed(new TaskError { Type = "Timeout", Message = "timed out after 00:00:01" }));
                break;
            case "lost" or "lost, retried":
                End(Broken, lost: true);
                break;
            case "cancelled body":
                End(new AttemptOutcome.Cancelled("stopped"));
                break;
            case "run cancelled":
                Cancel(RunState.Cancelled);
                break;
            case "run cancelled, body stopped":
                Cancel(RunState.Cancelled);
                End(new AttemptOutcome.Cancelled("stopped"));
                break;
            case "run cancelled, body ends well":
                Cancel(RunState.Cancelled);
                End(new AttemptOutcome.Succeeded(null));
                break;
            case "run timed out, body killed":
                Cancel(RunState.Failed);
                End(Broken);
                break;
            case "run cancelled in the wait for a retry":
                End(Broken);
                Cancel(RunState.Cancelled);
                break;
            default:
                End(Broken);
                break;
        }

        Assert.Equal(expected, string.Join(", ", told.Select(Show)));
        Assert.All(told.Where(d => d.TaskId is not null), d => Assert.Equal(cause == "skip" && d.TaskIndex == 1 ? 0 : 1, d.Attempt));

        void End(AttemptOutcome outcome, bool lost = false)
        {
            Assert.NotNull(RunPlanner.AttemptEnded(live, live[0], 1, outcome, Now, 0.5, lost));
            told.AddRange(Take(live));
        }

        void Cancel(RunState endsAs)
        {
            Assert.NotNull(RunPlanner.Cancel(live, endsAs, "a person", Now));
            told.AddRange(Take(live));
        }
    }

    [Fact]
    public void A_run_that_ends_tells_so_once()
    {
        var live = Begin(new DagModel { Id = "dag", Tasks = [SomeDag.Task(0)], Callbacks = Everything });
        RunPlanner.Claim(live, live[0], "node", Now);
        RunPlanner.AttemptEnded(live, live[0], 1, Broken, Now, 0.5);

        var told = Assert.Single(Take(live));
        Assert.Equal(("run failure failed", "task 't0' failed"), (Show(told), told.Reason));
        Assert.Empty(CallbackDeliveries.Of(live.TakeChanges(), Now));
    }

    [Fact]
    public void What_a_person_marks_is_told_whatever_it_was_before()
    {
        var graph = new RunGraph(Model(RetryModel.None));
        var marked = new TaskInstance { TaskIndex = 0, State = TaskState.Failed, Attempt = 1, Reason = "marked by a person" };
        var run = Run() with { State = RunState.Failed };

        var told = CallbackDeliveries.Of(new RunChanges(run, graph, 5, [marked], [], []) { StateBefore = RunState.Success }, Now);

        Assert.Equal("task t0 failure failed, run failure failed", string.Join(", ", told.Select(Show)));
    }

    [Fact]
    public void Without_callbacks_nothing_is_looked_at()
    {
        var live = Begin(SomeDag.Chain(2));
        Assert.False(live.Graph.HasCallbacks);
        RunPlanner.Claim(live, live[0], "node", Now);
        RunPlanner.AttemptEnded(live, live[0], 1, Broken, Now, 0.5);
        Assert.Empty(Take(live));
    }

    private static DagModel Model(RetryModel retry) => new()
    {
        Id = "dag",
        Tasks = [SomeDag.Task(0) with { Callbacks = Everything, Retry = retry }, SomeDag.Task(1, 0) with { Callbacks = Everything }, SomeDag.Task(2) with { Callbacks = Everything }],
        Callbacks = [.. Everything.Select(c => c with { Notifier = new NotifierModel(NotifierKind.Webhook, "dag") })],
    };

    private static LiveRun Begin(DagModel model)
    {
        var live = new LiveRun(Run(), new RunGraph(model), []);
        RunPlanner.Start(live, Now);
        Assert.Empty(Take(live));
        return live;
    }

    private static DagRun Run() => new()
    {
        Id = 7,
        DagId = "dag",
        VersionId = 1,
        Kind = RunKind.Manual,
        LogicalDate = Now,
        Interval = new DataInterval(Now, Now),
        RunAfter = Now,
        CreatedBy = "test",
        QueuedAt = Now,
        State = RunState.Running,
    };

    private static IReadOnlyList<Delivery> Take(LiveRun live) => CallbackDeliveries.Of(live.TakeChanges(), Now);

    private static string Show(Delivery delivery)
    {
        var what = delivery.TaskId is { } task ? $"task {task}" : "run";
        var byDag = delivery.TaskId is not null && delivery.Notifier.Connection == "dag" ? " (dag)" : "";
#pragma warning disable CA1308 // words as people read them
        return $"{what} {delivery.Event.ToString().ToLowerInvariant()} {delivery.State}{byDag}";
#pragma warning restore CA1308
    }
}
