using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Runs;

public sealed class LongListTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A list of 100,000: queued in portions, so that no step stores more than a few hundred rows.</summary>
    [Theory]
    [InlineData(0, TaskState.Skipped)]
    [InlineData(1, TaskState.Success)]
    [InlineData(100_000, TaskState.Success)]
    public void A_list_of_any_length_is_mapped_over(int count, TaskState expected)
    {
        var dag = SomeDag.Of(
            SomeDag.Task(0),
            SomeDag.Task(1, 0) with { ForEach = new InputModel(InputKind.Output, "t0", new TypeModel("int[]")) },
            SomeDag.Task(2, 1) with { TriggerRule = TriggerRule.AllDone });
        var run = new LiveRun(Simulation.RunOf(dag), new RunGraph(dag), []);
        var queued = new Queue<TaskInstance>(RunPlanner.Start(run, Now).Queued);
        var (ended, most) = (0, 0);
        while (queued.TryDequeue(out var instance))
        {
            Assert.True(RunPlanner.Claim(run, instance, "node", Now));
            var outcome = new AttemptOutcome.Succeeded(null) { Count = count };
            foreach (var next in RunPlanner.AttemptEnded(run, instance, 1, outcome, Now, 0.5)!.Queued) queued.Enqueue(next);
            most = Math.Max(most, run.TakeChanges().Instances.Count);
            ended++;
        }

        Assert.Equal((count + 2, expected, RunState.Success), (ended, run[1].State, run.Run.State));
        Assert.InRange(most, 1, 512);
    }
}
