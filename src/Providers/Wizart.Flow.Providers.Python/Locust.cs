using System.Runtime.CompilerServices;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Python.Environments;
using Wizart.Flow.Providers.Python.Locusts;

namespace Wizart.Flow.Providers.Python;

/// <summary>
/// Locust files as load tests. Locust is a closed model: a slow service is asked less. Where a rate is meant, derive the users
/// from the <c>PacedHttpUser</c> of <c>wizart_flow_locust</c>, which is there for every locustfile, and give <c>rps</c>.
/// </summary>
public static class Locust
{
    /// <summary>Runs a locustfile against the server of a connection.</summary>
    /// <param name="file">The locustfile; a relative path is looked for beside the script, and then in the working folder.</param>
    /// <param name="host">The connection; the server is this machine, or allowed by <c>"loadTest": true</c>.</param>
    /// <param name="users">How many users there are; with <paramref name="rps"/> the most tasks that run at once.</param>
    /// <param name="runTime">How long, the start of the users included.</param>
    /// <param name="spawnRate">Users started a second; all within a second by default.</param>
    /// <param name="rps">Tasks started a second by all paced users together; null leaves the rate to the users.</param>
    /// <param name="stop">Harm: ends the run as soon as it is true. By default <c>w.ErrorRate &gt; 0.5</c>.</param>
    /// <param name="venv">An environment with Locust; by default the system's Python with its packages.</param>
    /// <param name="arguments">More arguments for Locust, such as <c>["--tags", "search"]</c>.</param>
    /// <param name="run">The attempt that is told how it goes, and whose end ends the test; that of the running body by default.</param>
    /// <param name="stopText">Left to the compiler.</param>
    /// <param name="script">Left to the compiler.</param>
    /// <exception cref="Fail">Locust or the locustfile does not work, the server can't be reached or may not be load-tested.</exception>
    /// <exception cref="OperationCanceledException">The attempt was cancelled; what was measured is an artifact of the run.</exception>
    public static Task<LocustResult> Run(
        string file,
        ILoadTarget host,
        int users,
        TimeSpan runTime,
        double? spawnRate = null,
        double? rps = null,
        Func<LocustWindow, bool>? stop = null,
        PythonVenv? venv = null,
        IEnumerable<string>? arguments = null,
        TaskContext? run = null,
        [CallerArgumentExpression(nameof(stop))] string stopText = "",
        [CallerFilePath] string script = "")
    {
        ArgumentNullException.ThrowIfNull(host);
        return Run(host.ForLoad(), ScriptPlace.Find(file, script, "locustfile"), users, runTime, spawnRate, rps, stop, venv, arguments, run, stopText);
    }

    /// <summary>Runs a locustfile against a server on this machine.</summary>
    /// <inheritdoc cref="Run(string, ILoadTarget, int, TimeSpan, double?, double?, Func{LocustWindow, bool}?, PythonVenv?, IEnumerable{string}?, TaskContext?, string, string)"/>
    public static Task<LocustResult> Run(
        string file,
        string host,
        int users,
        TimeSpan runTime,
        double? spawnRate = null,
        double? rps = null,
        Func<LocustWindow, bool>? stop = null,
        PythonVenv? venv = null,
        IEnumerable<string>? arguments = null,
        TaskContext? run = null,
        [CallerArgumentExpression(nameof(stop))] string stopText = "",
        [CallerFilePath] string script = "") =>
        Run(LoadAddress.OnThisMachine(host), ScriptPlace.Find(file, script, "locustfile"), users, runTime, spawnRate, rps, stop, venv, arguments, run, stopText);

    private static Task<LocustResult> Run(
        LoadAddress host,
        string file,
        int users,
        TimeSpan runTime,
        double? spawnRate,
        double? rps,
        Func<LocustWindow, bool>? stop,
        PythonVenv? venv,
        IEnumerable<string>? arguments,
        TaskContext? run,
        string stopText)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(runTime, TimeSpan.FromSeconds(1));
        if (spawnRate is { } speed && !(speed > 0 && double.IsFinite(speed)))
            throw new ArgumentOutOfRangeException(nameof(spawnRate), spawnRate, "Users must be started at a rate above 0 a second.");
        if (rps is { } rate && !(rate > 0 && double.IsFinite(rate)))
            throw new ArgumentOutOfRangeException(nameof(rps), rps, "The rate must be above 0 a second.");
        var order = new LocustOrder(file, host, users, runTime, spawnRate ?? users, rps, [.. arguments ?? []])
        {
            Stop = stop ?? (w => w.ErrorRate > 0.5),
            StopText = stop is null ? "w.ErrorRate > 0.5" : stopText,
        };
        return new LocustRun(order, venv, run ?? TaskContext.Current).GoAsync();
    }
}
