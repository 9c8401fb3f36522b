using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>Finds tasks that wait for each other.</summary>
internal static class Cycles
{
    /// <summary>The indexes along one cycle, in the order of the data; null when there is none.</summary>
    public static IReadOnlyList<int>? Find(IReadOnlyList<TaskModel> tasks)
    {
        // Kahn's order: what can't be taken away lies on or behind a cycle. Walking upstream from there meets it.
        var waiting = tasks.Select(t => t.Upstream.Count).ToArray();
        var downstream = new List<int>[tasks.Count];
        foreach (var task in tasks)
            foreach (var upstream in task.Upstream)
                (downstream[upstream] ??= []).Add(task.Index);

        var free = new Queue<int>(tasks.Where(t => t.Upstream.Count == 0).Select(t => t.Index));
        while (free.TryDequeue(out var next))
            foreach (var index in downstream[next] ?? [])
                if (--waiting[index] == 0) free.Enqueue(index);

        var start = Array.FindIndex(waiting, count => count > 0);
        return start < 0 ? null : Walk(tasks, waiting, start);
    }

    private static List<int> Walk(IReadOnlyList<TaskModel> tasks, int[] waiting, int start)
    {
        var path = new List<int>();
        var current = start;
        while (!path.Contains(current))
        {
            path.Add(current);
            current = tasks[current].Upstream.First(u => waiting[u] > 0);
        }

        var cycle = path[path.IndexOf(current)..];
        cycle.Reverse();
        // Told from the task that is declared first.
        var first = cycle.IndexOf(cycle.Min());
        return [.. cycle[first..], .. cycle[..first]];
    }
}
