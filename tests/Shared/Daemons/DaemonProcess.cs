using System.Diagnostics;
using System.Text;
using Wizart.Flow.Host.Daemon;

namespace Wizart.Flow.TestServers.Daemons;

/// <summary>The real daemon, started as a process of its own from the build output.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private readonly DaemonHome _home;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private FlowApiClient? _api;

    private DaemonProcess(DaemonHome home, IReadOnlyDictionary<string, string?>? settings)
    {
        _home = home;
        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = home.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in home.Environment.Concat(settings ?? new Dictionary<string, string?>()))
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Keep(e.Data, isError: false);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data, isError: true);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program beside which the worker lies: the host's own build output.</summary>
    public static string Program { get; } = FindProgram();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>All it printed up to now.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>What of it came on the error stream.</summary>
    public string Errors
    {
        get
        {
            lock (_output) return _errors.ToString();
        }
    }

    /// <summary>Its API; there once it is ready.</summary>
    public FlowApiClient Api => _api ?? throw new InvalidOperationException("The daemon is not ready yet.");

    /// <summary>Starts one and does not wait for anything.</summary>
    public static DaemonProcess Launch(DaemonHome home, IReadOnlyDictionary<string, string?>? settings = null) => new(home, settings);

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<DaemonProcess> StartAsync(DaemonHome home, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var daemon = Launch(home, settings);
        try
        {
            await daemon.ReadyAsync();
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has taken up its work.</summary>
    public async Task ReadyAsync()
    {
        var file = await Eventually.GetAsync(FileAsync, () => $"the daemon's {DaemonFile.Name}.\n{Output}");
        _api = new FlowApiClient(file.Url, file.Token, () => Output);
        await Eventually.HoldsAsync(
            () => HasExited ? throw new InvalidOperationException($"The daemon ended while it started.\n{Output}") : _api.IsReadyAsync(),
            () => $"the daemon is ready.\n{Output}");
    }

    /// <summary>SIGKILL: the end without a word. Its workers notice by themselves.</summary>
    public async Task KillAsync()
    {
        ProcessTable.Kill(Id);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        ProcessTable.Terminate(Id);
        return await ExitAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The daemon does not end.\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited) await KillAsync();
        // Its own words are what helps when a test fails.
        TestContext.Current.TestOutputHelper?.WriteLine($"Daemon {Id} of {_home.Root} said:\n{Output}");
        _api?.Dispose();
        _process.Dispose();
    }

    private Task<DaemonFile?> FileAsync()
    {
        if (HasExited) throw new InvalidOperationException($"The daemon ended while it started.\n{Output}");
        // That of an earlier daemon may still lie there.
        return Task.FromResult(DaemonFile.Find(_home.State) is { } file && file.Pid == Id ? file : null);
    }

    private void Keep(string? line, bool isError)
    {
        if (line is null) return;
        lock (_output)
        {
            _output.AppendLine(line);
            if (isError) _errors.AppendLine(line);
        }
    }

    private static string FindProgram()
    {
        var name = OperatingSystem.IsWindows() ? "flow.exe" : "flow";
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var own = Path.Combine(here.Parent!.Parent!.FullName, "Wizart.Flow.Host", here.Name, name);
        return File.Exists(own) ? own : Path.Combine(here.FullName, name);
    }
}
