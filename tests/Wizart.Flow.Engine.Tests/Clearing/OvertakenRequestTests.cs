using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Tests.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Clearing;

/// <summary>Something is asked of a mapped task while an earlier request still waits for an attempt to stop.</summary>
public sealed class OvertakenRequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_mark_takes_the_place_of_a_clear_also_in_the_store()
    {
        var dag = SomeDag.Of(SomeDag.Task(0) with { ForEach = new InputModel(InputKind.Element, "", new TypeModel("int")), ElementCount = 2 });
        var run = new LiveRun(Simulation.RunOf(dag), new RunGraph(dag), []);
        RunPlanner.Start(run, Now);
        RunPlanner.Claim(run, run.Find(0, 0)!, "node", Now);
        var stored = run.AllInstances.ToDictionary(Key, Copy);
        Store(RunPlanner.Clear(run, [new InstanceKey(0)], "cleared", Now));
        Store(RunPlanner.Mark(run, [new InstanceKey(0)], TaskState.Skipped, "marked", goesOn: false, Now));

        // The daemon dies and another takes the run up.
        run = new LiveRun(run.Run, run.Graph, [.. stored.Values.Select(Copy)]);
        RunPlanner.Resume(run, Now);
        RunPlanner.AttemptEnded(run, run.Find(0, 0)!, 1, new AttemptOutcome.Cancelled("stopped"), Now, 0.5);

        Assert.Equal([TaskState.Skipped, TaskState.Skipped, TaskState.Skipped], run.AllInstances.Select(i => i.State));
        Assert.Equal(RunState.Success, run.Run.State);

        void Store(RunPlan? plan)
        {
            Assert.NotNull(plan);
            foreach (var instance in run.TakeChanges().Instances) stored[Key(instance)] = Copy(instance);
        }
    }

    private static (int, int) Key(TaskInstance instance) => (instance.TaskIndex, instance.MapIndex);

    private static TaskInstance Copy(TaskInstance instance) => instance.At(instance.TaskIndex);
}
