using System.Diagnostics;

namespace Wizart.Flow.TestServers.Daemons;

/// <summary>Looks at something outside of this process until it is as expected, or its time is over.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Long enough for a machine that is busy with other things; a test that passes never waits it out.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(120);

    /// <summary>The first value that is not null.</summary>
    /// <exception cref="TimeoutException">There is none in time.</exception>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, Func<string> what, TimeSpan? patience = null)
        where T : class
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await look() is { } found) return found;
            if (Stopwatch.GetElapsedTime(start) > (patience ?? Patience)) throw new TimeoutException($"Not in time: {what()}");
            await Task.Delay(Look, cancellation);
        }
    }

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It does not in time.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> look, Func<string> what, TimeSpan? patience = null) =>
        await GetAsync(async () => await look() ? "yes" : null, what, patience);
}
