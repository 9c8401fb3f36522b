using Wizart.Flow.Runtime.Tests.Workers;
using Xunit.Runner.InProc.SystemConsole;

namespace Wizart.Flow.Runtime.Tests;

/// <summary>Runs the tests; or, when told so, a pool for a test to kill.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        args is [DoomedPool.Argument, var directory] ? await DoomedPool.RunAsync(directory) : await ConsoleRunner.Run(args);
}
