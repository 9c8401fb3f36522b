namespace Wizart.Flow.Providers.Python;

/// <summary>A virtual environment on this machine. It may be a task's output, for tasks of the same machine.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Version">Its Python's version, such as <c>3.11.2</c>.</param>
public sealed record PythonVenv(string Folder, string Version)
{
    /// <summary>Its interpreter.</summary>
    public string Python => PythonIn(Folder);

    internal static string PythonIn(string folder) =>
        OperatingSystem.IsWindows() ? Path.Combine(folder, "Scripts", "python.exe") : Path.Combine(folder, "bin", "python");

    /// <exception cref="Fail">It is not there (any more, or on this machine).</exception>
    internal void Check()
    {
        if (!File.Exists(Python))
            throw new Fail(
                $"The virtual environment '{Folder}' is not there. It was deleted, or made on another machine: call Python.Venv in the task that uses it.");
    }
}
