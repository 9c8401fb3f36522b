using System.Text.Json;
using Wizart.Flow.Providers.Shell;

namespace Wizart.Flow.Providers.Python.Environments;

/// <summary>A Python that environments are made of.</summary>
/// <param name="File">What it was called by.</param>
/// <param name="Executable">Its own file.</param>
/// <param name="Version">Such as <c>3.11.2</c>.</param>
/// <param name="Build">All that it says of itself.</param>
internal sealed record Interpreter(string File, string Executable, string Version, string Build)
{
    private const string System = "/usr/bin/python3";
    private const string Question =
        "import json, os, sys, platform; print(json.dumps([os.path.realpath(sys.executable), platform.python_version(), sys.version]))";


    /// <summary>The system's own where its packages are wanted: another one on the PATH would not have them.</summary>
    public static string Default(bool systemPackages) =>
        systemPackages && global::System.IO.File.Exists(System) ? System : OperatingSystem.IsWindows() ? "python" : "python3";

    /// <exception cref="ShellException">It is not there, or no Python 3.</exception>
    public static async Task<Interpreter> AskAsync(string file, TaskContext? run)
    {
        var options = new ShellOptions
        {
            Attempt = run,
            OutputLevel = null,
            Timeout = TimeSpan.FromMinutes(1),
            Environment = PythonVariables.With(null),
        };
        var answer = await Shell.Shell.Run(file, ["-c", Question], options);
        var values = JsonSerializer.Deserialize<string[]>(answer.Output.Split('\n')[^1])!;
        return new Interpreter(file, values[0], values[1], values[2]);
    }
}
