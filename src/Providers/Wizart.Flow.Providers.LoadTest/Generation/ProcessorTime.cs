using System.Diagnostics;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>How much of the processors this process uses, from here on.</summary>
internal sealed class ProcessorTime
{
    private readonly long _at = Stopwatch.GetTimestamp();
    private readonly TimeSpan _used = Environment.CpuUsage.TotalTime;

    /// <summary>The share of all processors, from 0 to 1.</summary>
    public double Share()
    {
        var elapsed = Stopwatch.GetElapsedTime(_at) * Environment.ProcessorCount;
        return elapsed > TimeSpan.Zero ? Math.Clamp((Environment.CpuUsage.TotalTime - _used) / elapsed, 0, 1) : 0;
    }
}
