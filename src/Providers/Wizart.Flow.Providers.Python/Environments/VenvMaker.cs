using System.Security.Cryptography;
using System.Text;
using Wizart.Flow.Providers.Shell;

namespace Wizart.Flow.Providers.Python.Environments;

/// <summary>
/// Makes virtual environments, each once. One is made in a folder beside its own and then renamed, so that a half-made one is
/// never found; a lock file keeps other makers of the same one waiting, in this process and in others.
/// </summary>
internal sealed class VenvMaker(string root, TaskContext? run)
{
    private const string FolderVariable = "FLOW_VENVS";
    private const string Unfinished = ".making-";

    // Raised when environments are made in another way, so that old ones are not used.
    private const string Way = "1";

    /// <summary>Where environments are kept.</summary>
    public static string DefaultFolder() =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } own ? own : Path.Combine(".flow", "venvs");

    /// <exception cref="ShellException">It can't be made.</exception>
    public async Task<PythonVenv> GetAsync(IReadOnlyList<string> requirements, bool systemPackages, string interpreter)
    {
        var python = await Interpreter.AskAsync(interpreter, run);
        var folder = Path.Combine(Path.GetFullPath(root), KeyOf(requirements, systemPackages, python));
        var venv = new PythonVenv(folder, python.Version);
        if (File.Exists(venv.Python)) return venv;

        CreateRoot();
        using var alone = await FolderLock.TakeAsync(
            folder + ".lock",
            () => run?.Log($"Waiting for another task that makes the virtual environment {folder}."),
            run?.Cancellation ?? default);
        if (File.Exists(venv.Python)) return venv;
        await MakeAsync(venv, requirements, systemPackages, python);
        return venv;
    }

    internal static string KeyOf(IReadOnlyList<string> requirements, bool systemPackages, Interpreter python)
    {
        var content = string.Join('\n', [Way, python.Executable, python.Build, systemPackages ? "system" : "alone", .. requirements]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..24];
    }

    private async Task MakeAsync(PythonVenv venv, IReadOnlyList<string> requirements, bool systemPackages, Interpreter python)
    {
        // What a killed maker has left: whoever has the lock is the only maker.
        foreach (var left in Directory.GetDirectories(Path.GetDirectoryName(venv.Folder)!, Path.GetFileName(venv.Folder) + Unfinished + "*"))
            Directory.Delete(left, recursive: true);
        if (Directory.Exists(venv.Folder)) Directory.Delete(venv.Folder, recursive: true);

        var packages = requirements.Count == 0 ? "no packages of its own" : string.Join(", ", requirements);
        run?.Log($"Making a virtual environment of Python {python.Version} with {packages}.");
        var work = venv.Folder + Unfinished + Guid.NewGuid().ToString("N");
        try
        {
            await CreateAsync(work, requirements, systemPackages, python);
            VenvPaths.Move(work, venv.Folder);
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        }
    }

    private async Task CreateAsync(string work, IReadOnlyList<string> requirements, bool systemPackages, Interpreter python)
    {
        var options = new ShellOptions { Attempt = run, OutputLevel = LogLevel.Debug, Environment = PythonVariables.With(null) };
        List<string> create = ["-m", "venv"];
        if (systemPackages) create.Add("--system-site-packages");
        if (requirements.Count == 0) create.Add("--without-pip"); // nothing to install, and pip takes longest to put in
        await Shell.Shell.Run(python.File, [.. create, work], options);
        if (requirements.Count == 0) return;

        var list = Path.Combine(work, "requirements.txt");
        await File.WriteAllLinesAsync(list, requirements);
        var venv = new PythonVenv(work, python.Version);
        await Shell.Shell.Run(
            venv.Python,
            ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-r", list],
            options with { Environment = PythonVariables.With(venv) });
    }

    private void CreateRoot()
    {
        try
        {
            Directory.CreateDirectory(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Fail(
                $"The folder of virtual environments '{Path.GetFullPath(root)}' can't be made: {e.Message} Set {FolderVariable} to a folder that can be written.");
        }
    }
}
