using System.Runtime.CompilerServices;
using Wizart.Flow.Providers.Python.Environments;
using Wizart.Flow.Providers.Shell;

namespace Wizart.Flow.Providers.Python;

/// <summary>Python programs as a part of a task: they are run as <see cref="Shell.Shell.Run"/> runs any program.</summary>
public static class Python
{
    /// <summary>
    /// A virtual environment with these packages. It is made once for the same packages and interpreter, and used from then
    /// on by all tasks of this machine: in <c>.flow/venvs</c> of the working folder, or where the variable <c>FLOW_VENVS</c> says.
    /// </summary>
    /// <param name="requirements">As in a <c>requirements.txt</c>, with exact versions: <c>["locust==2.32.0"]</c>. Empty needs no network.</param>
    /// <param name="systemPackages">Whether the packages of the machine's own Python can be used too.</param>
    /// <param name="interpreter">The Python to use; <c>python3</c> by default, with <paramref name="systemPackages"/> that of the system.</param>
    /// <param name="run">The attempt whose log and end count; that of the running body by default.</param>
    /// <exception cref="ShellException">The interpreter is not there, or the packages can't be installed.</exception>
    public static Task<PythonVenv> Venv(
        IEnumerable<string>? requirements = null, bool systemPackages = false, string? interpreter = null, TaskContext? run = null) =>
        new VenvMaker(VenvMaker.DefaultFolder(), run ?? TaskContext.Current)
            .GetAsync(Requirements.Of(requirements ?? []), systemPackages, interpreter ?? Interpreter.Default(systemPackages));

    /// <summary>Runs a Python file.</summary>
    /// <param name="file">The file; a relative path is looked for beside the script, and then in the working folder.</param>
    /// <param name="arguments">One text for each argument.</param>
    /// <param name="venv">The environment; the machine's Python without one.</param>
    /// <param name="options">Folder, environment, input, time limit and the like.</param>
    /// <param name="script">Left to the compiler.</param>
    /// <exception cref="ShellException">It can't be started, did not end in time, or ended with another exit code than 0.</exception>
    public static Task<ShellResult> Run(
        string file, IEnumerable<string>? arguments = null, PythonVenv? venv = null, ShellOptions? options = null, [CallerFilePath] string script = "") =>
        RunAny([ScriptPlace.Find(file, script, "Python file"), .. arguments ?? []], venv, options);

    /// <summary>Runs a module, as <c>python -m</c> does.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static Task<ShellResult> RunModule(
        string module, IEnumerable<string>? arguments = null, PythonVenv? venv = null, ShellOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(module);
        return RunAny(["-m", module, .. arguments ?? []], venv, options);
    }

    private static Task<ShellResult> RunAny(IEnumerable<string> arguments, PythonVenv? venv, ShellOptions? options)
    {
        venv?.Check();
        options ??= new ShellOptions();
        return Shell.Shell.Run(
            venv?.Python ?? Interpreter.Default(systemPackages: false),
            arguments,
            options with { Environment = PythonVariables.With(venv, options.Environment) });
    }
}
