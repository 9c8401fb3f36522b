using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Workers;
using Xunit.Runner.InProc.SystemConsole;

namespace Wizart.Flow.Runtime.Tests;

/// <summary>Runs the tests; or, when told so, what a test wants to see in a process of its own.</summary>
internal static class Program
{
    public const string Describe = "--describe";

    public static async Task<int> Main(string[] args) => args switch
    {
        [DoomedPool.Argument, var directory] => await DoomedPool.RunAsync(directory),
        [Describe, var directory] => await DescribeAsync(directory),
        _ => await ConsoleRunner.Run(args),
    };

    private static async Task<int> DescribeAsync(string imageDirectory)
    {
        var description = await new InProcessRunner(new ConnectionTypes()).DescribeAsync(new ImageReference("it", imageDirectory), "it.csx", default);
        Console.WriteLine($"{description.Dags.Count} DAG");
        return 0;
    }
}
