using System.Diagnostics;
using System.Globalization;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>How the worker program is started: its command line and its environment.</summary>
internal static class WorkerProgram
{
    /// <exception cref="WorkerStartException">The program is not there.</exception>
    public static ProcessStartInfo StartInfo(string path, long memoryLimit, IReadOnlyDictionary<string, string> variables)
    {
        if (!File.Exists(path))
        {
            throw new WorkerStartException(
                $"The worker program '{path}' is not there. It lies beside the daemon's own files; install them anew, or set the path of the workers.");
        }

        var isLibrary = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isLibrary ? DotnetHost() : path)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isLibrary) start.ArgumentList.Add(path);
        Prepare(start.Environment, memoryLimit);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return start;
    }

    // The daemon's own settings, which may hold the way to its database, are no business of a body.
    private static void Prepare(IDictionary<string, string?> environment, long memoryLimit)
    {
        foreach (var name in environment.Keys.Where(n => n.StartsWith("FLOW__", StringComparison.OrdinalIgnoreCase)).ToArray())
            environment.Remove(name);
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_TC_QuickJitForLoops"] = "1";
        // A process that is killed would leave its debugger's pipes behind, in the folder for temporary files. To look into workers
        // with the tools of the runtime, start the daemon with this set to 1.
        environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        // Below the limit of the whole process, so that a body gets an exception with its line before the process is killed.
        environment["DOTNET_GCHeapHardLimit"] = (memoryLimit / 10 * 9).ToString("X", CultureInfo.InvariantCulture);
    }

    // The host that runs this very program, so that no other runtime is met than the one it was tested with.
    private static string DotnetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Environment.ProcessPath is { } own && Path.GetFileName(own).Equals(name, StringComparison.OrdinalIgnoreCase)) return own;
        var runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(); // <root>/shared/<framework>/<version>/
        var beside = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name));
        if (File.Exists(beside)) return beside;
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        return root is not null && File.Exists(Path.Combine(root, name)) ? Path.Combine(root, name) : name;
    }
}
