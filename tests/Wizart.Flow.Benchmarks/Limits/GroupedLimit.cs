using System.Collections.Concurrent;
using System.Diagnostics;

namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>
/// What a loop without an orchestrator gives: as many processes as the daemon has workers answer orders, one thread each,
/// and a writer commits what has been answered in groups, three rows a task.
/// </summary>
internal static class GroupedLimit
{
    private const int Tasks = 20_000;

    public static string Text(double perSecond) => $"bare round trips to 4 processes with grouped commits: {perSecond:N0}/s";

    public static double Measure()
    {
        using var commits = new SqliteCommits("normal");
        var processes = Enumerable.Range(0, Math.Max(4, 2 * Environment.ProcessorCount)).Select(_ => EchoProcess.OverSocket()).ToArray();
        using var answered = new BlockingCollection<int>();
        var start = Stopwatch.GetTimestamp();
        var asking = Array.ConvertAll(processes, process => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Tasks / processes.Length; i++)
                {
                    process.RoundTrip();
                    answered.Add(i);
                }
            },
            TaskCreationOptions.LongRunning));
        _ = Task.WhenAll(asking).ContinueWith(_ => answered.CompleteAdding(), TaskScheduler.Default);
        while (!answered.IsCompleted)
        {
            if (!answered.TryTake(out _, Timeout.Infinite)) break;
            var group = 1;
            while (answered.TryTake(out _)) group++;
            commits.Commit(3 * group);
        }

        var perSecond = Tasks / Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var process in processes) process.Dispose();
        return perSecond;
    }
}
