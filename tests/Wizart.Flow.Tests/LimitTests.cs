using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests;

public sealed class LimitTests
{
    [Fact]
    public void A_task_keeps_its_limits()
    {
        var model = Declared.Dag(() =>
        {
            var gpu = Pool("gpu", 4);
            var dag = Dag("a").DependsOnPast().Overlap(Overlap.CancelRunning).PauseAfter(failures: 3).Priority(2, Weight.Upstream);
            dag.Task("first").Pool(gpu, slots: 3).Queue("big").MaxActive(5).Priority(-7, Weight.Absolute).Run(() => 1);
            dag.Task("second").Run(() => 2);
        });
        Assert.Equal((Overlap.CancelRunning, 3, true), (model.Overlap, model.PauseAfter, model.DependsOnPast));
        Assert.Equal(("gpu", 4), (Assert.Single(model.Pools).Name, model.Pools[0].Slots));
        var (first, second) = (model.Tasks[0], model.Tasks[1]);
        Assert.Equal(("gpu", 3, "big", (int?)5), (first.Pool, first.PoolSlots, first.Queue, first.MaxActive));
        Assert.Equal((-7, Weight.Absolute, true), (first.Priority, first.WeightRule, first.DependsOnPast));
        Assert.Equal((null, 1, null, null), (second.Pool, second.PoolSlots, second.Queue, second.MaxActive));
        Assert.Equal((2, Weight.Upstream, true), (second.Priority, second.WeightRule, second.DependsOnPast));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(2, 3)]
    [InlineData(2, 0)]
    public void A_pool_without_slots_or_a_task_that_asks_for_more_is_an_error(int slots, int asked) =>
        Assert.Equal([FlowCodes.BadPool], Declared.Codes(() => Dag("a").Task("t").Pool(Pool("gpu", slots), asked).Run(() => 1)));

    [Fact]
    public void One_pool_has_one_size_in_a_script()
    {
        var error = Declared.Error(() =>
        {
            Dag("a").Task("t").Pool(Pool("gpu", 2)).Run(() => 1);
            Dag("b").Task("t").Pool(Pool("gpu", 2)).Run(() => 1);
            Dag("c").Task("t").Pool(Pool("gpu", 3)).Run(() => 1);
        });
        Assert.Equal(FlowCodes.BadPool, error.Code);
        Assert.StartsWith("Pool 'gpu' has 3 slots here and 2 at line", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_names_without_sense_are_errors()
    {
        Assert.Equal([FlowCodes.BadSetting], Declared.Codes(() => Dag("a").Task("t").MaxActive(0).Run(() => 1)));
        Assert.Equal([FlowCodes.BadSetting], Declared.Codes(() => Dag("a").PauseAfter(0).Task("t").Run(() => 1)));
        Assert.Equal([FlowCodes.BadSetting], Declared.Codes(() => Dag("a").Overlap((Overlap)9).Task("t").Run(() => 1)));
        Assert.Equal([FlowCodes.BadId], Declared.Codes(() => Dag("a").Task("t").Queue("").Run(() => 1)));
        Assert.Equal([FlowCodes.BadId], Declared.Codes(() => Dag("a").Task("t").Pool(Pool("g p u", 1)).Run(() => 1)));
    }

    [Fact]
    public void Catching_up_with_runs_that_are_skipped_is_worth_a_warning()
    {
        var warning = Declared.Error(() => Dag("a").Schedule(Daily.At("06:00")).Catchup().Overlap(Overlap.Skip).Task("t").Run(() => 1));
        Assert.Equal((FlowCodes.OverlapUndoesCatchup, DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
    }
}
