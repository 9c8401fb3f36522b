using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Wizart.Flow.TestServers.Daemons;

/// <summary>What Linux tells of processes, and signals to them.</summary>
internal static class ProcessTable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>Living processes that were started with this variable.</summary>
    public static IReadOnlyList<int> WithVariable(string name, string value)
    {
        var wanted = Encoding.UTF8.GetBytes($"{name}={value}\0");
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            if (Read($"{folder}/environ").AsSpan().IndexOf(wanted) >= 0) found.Add(id);
        }

        return found;
    }

    /// <summary>Bytes of memory that are the process's own; 0 when it is gone.</summary>
    public static long PrivateBytes(int process)
    {
        var text = Encoding.UTF8.GetString(Read($"/proc/{process}/smaps_rollup"));
        return text.Split('\n').Where(l => l.StartsWith("Private_", StringComparison.Ordinal))
            .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
    }

    /// <summary>Bytes that the process has in memory; 0 when it is gone.</summary>
    public static long ResidentBytes(int process) => StatusBytes(process, "VmRSS:");

    /// <summary>The most bytes that the process ever had in memory; 0 when it is gone.</summary>
    public static long PeakResidentBytes(int process) => StatusBytes(process, "VmHWM:");

    public static void Kill(int process) => Signal(process, SigKill);

    public static void Terminate(int process) => Signal(process, SigTerm);

    private static long StatusBytes(int process, string field)
    {
        var text = Encoding.UTF8.GetString(Read($"/proc/{process}/status"));
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    // A process may end while it is looked at.
    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void Signal(int process, int signal) => _ = NativeKill(process, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int process, int signal);
}
