using CsCheck;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Tests.Runs;

public sealed class RunPlannerProperties
{
    private static readonly Gen<(Model.DagModel Model, int Seed)> Plays = Gen.Select(SomeDag.Random, Gen.Int[0, int.MaxValue - 1]);

    [Fact]
    public void Every_run_ends_and_no_task_starts_before_its_rule_holds() =>
        Plays.Sample(play => new Simulation(play.Model, play.Seed).Play(mayCancel: false, mayReload: false), iter: 5_000, threads: 2);

    [Fact]
    public void The_same_holds_when_runs_are_cancelled_on_the_way() =>
        Plays.Sample(play => new Simulation(play.Model, play.Seed).Play(mayCancel: true, mayReload: false), iter: 5_000, threads: 2);

    [Fact]
    public void The_same_holds_when_the_daemon_dies_on_the_way_and_goes_on_from_the_store() =>
        Plays.Sample(play => new Simulation(play.Model, play.Seed).Play(mayCancel: true, mayReload: true), iter: 5_000, threads: 2);

    [Fact]
    public void The_same_holds_of_mapped_tasks_element_by_element() =>
        Gen.Select(SomeDag.RandomMapped, Gen.Int[0, int.MaxValue - 1])
            .Sample((model, seed) => new Simulation(model, seed).Play(mayCancel: true, mayReload: true), iter: 10_000, threads: 2);

    [Fact]
    public void The_same_holds_when_people_clear_and_mark_on_the_way_and_afterwards() =>
        Gen.Select(SomeDag.RandomMapped, Gen.Int[0, int.MaxValue - 1])
            .Sample((model, seed) => new Simulation(model, seed).Play(mayCancel: true, mayReload: true, mayClear: true), iter: 10_000, threads: 2);

    [Fact]
    public void The_same_holds_of_groups_that_are_mapped_or_retried_and_of_teardowns() =>
        Gen.Select(SomeDag.RandomGroups, Gen.Int[0, int.MaxValue - 1])
            .Sample((model, seed) => new Simulation(model, seed).Play(mayCancel: true, mayReload: true), iter: 10_000, threads: 2);

    [Fact]
    public void The_same_holds_of_groups_when_people_clear_and_mark() =>
        Gen.Select(SomeDag.RandomGroups, Gen.Int[0, int.MaxValue - 1])
            .Sample((model, seed) => new Simulation(model, seed).Play(mayCancel: true, mayReload: true, mayClear: true), iter: 10_000, threads: 2);

    [Fact]
    public void Every_move_is_an_arrow_of_the_state_diagram()
    {
        foreach (var state in Enum.GetValues<TaskState>())
        {
            Assert.Equal(state.IsFinal(), state.Next().Count == 0);
            Assert.DoesNotContain(state, state.Next());
        }
    }
}
