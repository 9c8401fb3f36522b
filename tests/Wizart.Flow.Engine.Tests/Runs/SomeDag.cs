using CsCheck;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>Models for tests: by hand from edges, or random.</summary>
internal static class SomeDag
{
    public static DagModel Of(params TaskModel[] tasks) => new() { Id = "dag", Tasks = tasks };

    public static TaskModel Task(int index, params int[] upstream) => new() { Id = $"t{index}", Index = index, Upstream = upstream };

    public static DagModel Chain(int length) => Of([.. Enumerable.Range(0, length).Select(i => i == 0 ? Task(0) : Task(i, i - 1))]);

    private static Gen<Func<int, TaskModel>> TaskOf { get; } =
        from edges in Gen.Bool.Array[12]
        from rule in Gen.Enum<TriggerRule>()
        from ruleIsDefault in Gen.Bool
        from retries in Gen.Int[0, 2]
        from wait in Gen.Int[0, 5]
        from allowFailure in Gen.Int[0, 9]
        select (Func<int, TaskModel>)(index => new TaskModel
        {
            Id = $"t{index}",
            Index = index,
            Upstream = [.. Enumerable.Range(0, index).Where(i => edges[i])],
            TriggerRule = ruleIsDefault ? TriggerRule.AllSuccess : rule,
            Retry = new RetryModel(retries, Backoff.Fixed(TimeSpan.FromSeconds(wait))),
            AllowFailure = allowFailure == 0,
        });

    /// <summary>Up to 12 tasks; each may wait for any earlier ones, by any rule, with retries, and may be allowed to fail.</summary>
    public static Gen<DagModel> Random { get; } =
        from count in Gen.Int[1, 12]
        from tasks in TaskOf.Array[count]
        from limit in Gen.Int[0, 4]
        select new DagModel
        {
            Id = "dag",
            MaxActiveTasks = limit == 0 ? null : limit,
            Tasks = [.. tasks.Select((make, index) => make(index))],
        };
}
