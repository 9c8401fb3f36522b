using System.Diagnostics;

namespace Wizart.Flow.Scripting.Tests;

/// <summary>For what is observed from outside and signals nothing: looks until it is so, with a limit.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "It did not come to hold within 30 s.");
            await Task.Yield();
        }
    }
}
