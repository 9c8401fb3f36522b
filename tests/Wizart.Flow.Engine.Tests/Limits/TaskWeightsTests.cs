using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Tests.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Limits;

public sealed class TaskWeightsTests
{
    /// <summary>A diamond: 0 before 1 and 2, both before 3.</summary>
    private static DagModel Diamond(Weight rule) => SomeDag.Of(
        SomeDag.Task(0) with { Priority = 1, WeightRule = rule }, SomeDag.Task(1, 0) with { Priority = 10, WeightRule = rule },
        SomeDag.Task(2, 0) with { Priority = 100, WeightRule = rule }, SomeDag.Task(3, 1, 2) with { Priority = 1000, WeightRule = rule });

    [Fact]
    public void Downstream_adds_what_comes_after_each_task_once() => Assert.Equal([1111, 1010, 1100, 1000], TaskWeights.Of(Diamond(Weight.Downstream)));

    [Fact]
    public void Upstream_adds_what_comes_before_each_task_once() => Assert.Equal([1, 11, 101, 1111], TaskWeights.Of(Diamond(Weight.Upstream)));

    [Fact]
    public void Absolute_is_the_tasks_own() => Assert.Equal([1, 10, 100, 1000], TaskWeights.Of(Diamond(Weight.Absolute)));

    [Fact]
    public void Each_task_has_a_rule_of_its_own()
    {
        var model = Diamond(Weight.Absolute);
        TaskModel[] tasks = [model.Tasks[0] with { WeightRule = Weight.Downstream }, model.Tasks[1], model.Tasks[2], model.Tasks[3] with { WeightRule = Weight.Upstream }];
        Assert.Equal([1111, 10, 100, 1111], TaskWeights.Of(model with { Tasks = tasks }));
    }

    [Fact]
    public void Sums_stop_at_the_largest_number()
    {
        var model = SomeDag.Of(SomeDag.Task(0) with { Priority = int.MaxValue }, SomeDag.Task(1, 0) with { Priority = int.MaxValue });
        Assert.Equal([int.MaxValue, int.MaxValue], TaskWeights.Of(model));
    }

    [Fact]
    public void A_dag_of_three_thousand_tasks_is_weighed() =>
        Assert.Equal(3_000, TaskWeights.Of(SomeDag.Of([.. SomeDag.Chain(3_000).Tasks.Select(task => task with { Priority = 1 })]))[0]);
}
