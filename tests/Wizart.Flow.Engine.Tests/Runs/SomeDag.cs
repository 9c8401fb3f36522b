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
        from failFast in Gen.Int[0, 5]
        select new DagModel
        {
            Id = "dag",
            MaxActiveTasks = limit == 0 ? null : limit,
            FailFast = failFast == 0,
            Tasks = [.. tasks.Select((make, index) => make(index))],
        };

    /// <summary>The same with mapped tasks among them: over a list of the script, over a task's output, over another one's elements.</summary>
    public static Gen<DagModel> RandomMapped { get; } =
        from dag in Random
        from kinds in Gen.Int[0, 5].Array[12]
        from counts in Gen.Int[0, 4].Array[12]
        from limits in Gen.Int[0, 3].Array[12]
        select dag with { Tasks = Map(dag.Tasks, kinds, counts, limits) };

    /// <summary>The same with one group among them, mapped or not, retried as one or not, and with teardowns.</summary>
    public static Gen<DagModel> RandomGroups { get; } =
        from dag in RandomMapped
        from start in Gen.Int[0, 11]
        from length in Gen.Int[1, 6]
        from elements in Gen.Int[0, 4]
        from isMapped in Gen.Bool
        from retry in Gen.Int[0, 2]
        from teardown in Gen.Int[0, 30]
        select Teardown(Group(dag, start % dag.Tasks.Count, length, elements, isMapped, retry), teardown);

    private static DagModel Group(DagModel dag, int start, int length, int elements, bool isMapped, int retry)
    {
        var list = List(InputKind.Element, "");
        var end = Math.Min(start + length, dag.Tasks.Count);
        var tasks = dag.Tasks.Select((task, i) => i < start || i >= end ? task
            : isMapped ? task with { Group = 0, ForEach = list, ElementCount = elements }
            : task with { Group = 0 }).ToArray();
        var byId = tasks.ToDictionary(t => t.Id);

        // What went over the elements, or the list, of a task that is something else now does not any more.
        for (var i = 0; i < tasks.Length; i++)
        {
            if (tasks[i].ForEach is not { Name: { Length: > 0 } source } over) continue;
            if ((byId[source].ForEach is not null) != (over.Kind == InputKind.MappedOutput)) tasks[i] = tasks[i] with { ForEach = null, AtMost = null };
            byId[tasks[i].Id] = tasks[i];
        }

        return dag with { Tasks = tasks, Groups = [new GroupModel { Id = "g", ForEach = isMapped ? list : null, Retry = retry }] };
    }

    private static DagModel Teardown(DagModel dag, int chance)
    {
        var task = dag.Tasks[chance % dag.Tasks.Count];
        var isMapped = dag.Groups[0].ForEach is not null;
        bool InMapped(TaskModel t) => isMapped && t.Group == 0;
        var setup = task.Upstream.Select(u => dag.Tasks[u])
            .FirstOrDefault(s => InMapped(s) == InMapped(task) && (InMapped(task) || (s.ForEach ?? task.ForEach) is null));
        return setup is null ? dag : dag with { Tasks = [.. dag.Tasks.Select(t => t == task ? t with { TeardownOf = setup.Index } : t)] };
    }

    private static TaskModel[] Map(IReadOnlyList<TaskModel> tasks, int[] kinds, int[] counts, int[] limits)
    {
        var mapped = new TaskModel[tasks.Count];
        for (var i = 0; i < tasks.Count; i++)
        {
            var over = tasks[i].Upstream.Count == 0 ? null : mapped[tasks[i].Upstream[counts[i] % tasks[i].Upstream.Count]];
            var atMost = limits[i] == 0 ? (int?)null : limits[i];
            mapped[i] = kinds[i] switch
            {
                0 => tasks[i] with { ForEach = List(InputKind.Element, ""), ElementCount = counts[i], AtMost = atMost },
                1 or 2 when over is not null =>
                    tasks[i] with { ForEach = List(over.ForEach is null ? InputKind.Output : InputKind.MappedOutput, over.Id), AtMost = atMost },
                _ => tasks[i],
            };
        }

        return mapped;
    }

    private static InputModel List(InputKind kind, string name) => new(kind, name, new TypeModel("int[]"));
}
