using System.Runtime.InteropServices;

namespace Wizart.Flow.Benchmarks.Figures;

/// <summary>What was measured on, and what else it had to do.</summary>
internal static class Machine
{
    public static string Description =>
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC · {Environment.ProcessorCount} cores, {Memory} GB · {RuntimeInformation.OSDescription} · {RuntimeInformation.FrameworkDescription} · load {Load}";

    /// <summary>The load average of the last minute; "?" where the system has none.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";

    private static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
}
