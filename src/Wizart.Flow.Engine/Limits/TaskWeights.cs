using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Limits;

/// <summary>
/// What the tasks of a DAG weigh when slots are short: each task's own priority, and by its <see cref="Weight"/> those of all
/// tasks after or before it, each counted once (as airflow.task.priority_strategy does).
/// </summary>
public static class TaskWeights
{
    /// <summary>The weights by task index.</summary>
    public static int[] Of(DagModel model)
    {
        var tasks = model.Tasks;
        int[] own = [.. tasks.Select(task => task.Priority)];
        var isPlain = Array.TrueForAll(own, priority => priority == 0) || tasks.All(task => task.WeightRule == Weight.Absolute);
        if (isPlain || Order(tasks) is not { } order) return own;

        var downstream = new List<int>[tasks.Count];
        for (var i = 0; i < downstream.Length; i++) downstream[i] = [];
        foreach (var task in tasks)
            foreach (var upstream in task.Upstream) downstream[upstream].Add(task.Index);

        var weights = (int[])own.Clone();
        Add(Weight.Upstream, order, task => tasks[task].Upstream);
        Array.Reverse(order);
        Add(Weight.Downstream, order, task => downstream[task]);
        return weights;

        void Add(Weight rule, int[] inOrder, Func<int, IReadOnlyList<int>> next)
        {
            if (tasks.All(task => task.WeightRule != rule)) return;
            var reached = new ulong[tasks.Count][];
            foreach (var task in inOrder)
            {
                reached[task] = new ulong[(tasks.Count + 63) / 64];
                foreach (var other in next(task))
                {
                    for (var word = 0; word < reached[task].Length; word++) reached[task][word] |= reached[other][word];
                    reached[task][other / 64] |= 1UL << (other % 64);
                }

                if (tasks[task].WeightRule == rule) weights[task] = Sum(own, task, reached[task]);
            }
        }
    }

    private static int Sum(int[] own, int task, ulong[] others)
    {
        long sum = own[task];
        for (var word = 0; word < others.Length; word++)
            for (var bits = others[word]; bits != 0; bits &= bits - 1)
                sum += own[word * 64 + System.Numerics.BitOperations.TrailingZeroCount(bits)];
        return (int)Math.Clamp(sum, -int.MaxValue, int.MaxValue);
    }

    /// <summary>The tasks, each after those that it waits for; null when they go in a circle.</summary>
    private static int[]? Order(IReadOnlyList<TaskModel> tasks)
    {
        var open = new int[tasks.Count];
        var after = tasks.SelectMany(task => task.Upstream.Select(upstream => (upstream, task.Index))).ToLookup(e => e.upstream, e => e.Index);
        foreach (var task in tasks) open[task.Index] = task.Upstream.Count;
        var ready = new Queue<int>(tasks.Where(task => task.Upstream.Count == 0).Select(task => task.Index));
        var order = new List<int>(tasks.Count);
        while (ready.TryDequeue(out var task))
        {
            order.Add(task);
            foreach (var next in after[task])
                if (--open[next] == 0) ready.Enqueue(next);
        }

        return order.Count == tasks.Count ? [.. order] : null;
    }
}
