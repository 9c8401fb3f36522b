using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>A pool in a process of its own: runs the order it finds, tells what it is told on its console, and waits to be killed.</summary>
internal static class DoomedPool
{
    public const string Argument = "--doomed-pool";

    public static async Task<int> RunAsync(string imageDirectory)
    {
        await using var pool = new WorkerPool(new WorkerPoolOptions());
        using var control = new AttemptControl();
        var order = new AttemptOrder
        {
            RunId = 1,
            DagId = "d",
            TaskId = "t",
            TaskIndex = 0,
            Attempt = 1,
            MaxAttempts = 1,
            Image = new ImageReference("doomed", imageDirectory),
        };
        await pool.RunAsync(order, Tell, control);
        return 1;
    }

    private static void Tell(AttemptEvent happened)
    {
        if (happened is AttemptEvent.Started started) Console.WriteLine($"worker {started.ProcessId}");
        if (happened is AttemptEvent.Log log) Console.WriteLine(log.Text);
        Console.Out.Flush();
    }
}
