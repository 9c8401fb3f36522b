using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Host.Daemon;

namespace Wizart.Flow.Benchmarks.Nodes;

/// <summary>The real program, in a process of its own.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _api;
    private readonly long _start;

    private DaemonProcess(Process process, TemporaryFolder folder, Uri url, long start)
    {
        (_process, _folder, _start) = (process, folder, start);
        _api = new HttpClient { BaseAddress = url };
    }

    /// <summary>Asks it over loopback, on connections that are kept; with its token once it is ready. Nothing is unpacked.</summary>
    public HttpClient Http => _api;

    /// <summary>What it lets in with; there once it is ready.</summary>
    public string Token { get; private set; } = "";

    /// <summary>How long it has kept processors busy.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it over a folder's <c>pipelines</c>, its state in <c>state</c>.</summary>
    public static DaemonProcess Start(TemporaryFolder folder)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "flow.exe" : "flow");
        var info = new ProcessStartInfo(program, ["serve"]) { RedirectStandardOutput = true, WorkingDirectory = folder.Path };
        info.Environment["Flow__Url"] = url.ToString().TrimEnd('/');
        info.Environment["Flow__Pipelines"] = Path.Combine(folder.Path, "pipelines");
        info.Environment["Flow__State"] = Path.Combine(folder.Path, "state");
        var start = Stopwatch.GetTimestamp();
        var process = Process.Start(info)!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return new DaemonProcess(process, folder, url, start);
    }

    /// <summary>Waits until it has taken up its work.</summary>
    /// <returns>How long that took from before the process was started.</returns>
    public async Task<TimeSpan> ReadyAsync()
    {
        await UntilAsync(async () =>
        {
            try
            {
                using var answer = await _api.GetAsync("/api/v1/health");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false; // it does not listen yet
            }
        });
        var took = Stopwatch.GetElapsedTime(_start);
        Token = DaemonFile.Find(Path.Combine(_folder.Path, "state"))!.Token;
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return took;
    }

    /// <summary>The number of a DAG's newest version.</summary>
    public async Task<int> VersionAsync(string dagId)
    {
        var version = await _api.GetFromJsonAsync<JsonElement>($"/api/v1/dags/{dagId}/versions/active");
        return version.GetProperty("number").GetInt32();
    }

    /// <summary>Waits for a version after this one.</summary>
    public async Task<int> NextVersionAsync(string dagId, int version)
    {
        var next = version;
        await UntilAsync(async () => (next = await VersionAsync(dagId)) > version);
        return next;
    }

    /// <summary>Its resident memory in MB: the median over some seconds, in which it does nothing.</summary>
    public async Task<double> MemoryAsync()
    {
        var samples = new List<double>();
        for (var i = 0; i < 15; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
            _process.Refresh();
            samples.Add(_process.WorkingSet64 / 1024.0 / 1024.0);
        }

        return new Spread(samples).Median;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await stop.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task UntilAsync(Func<Task<bool>> isDone)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isDone())
        {
            if (_process.HasExited) throw new InvalidOperationException($"The daemon ended with exit code {_process.ExitCode}.");
            if (Stopwatch.GetElapsedTime(start) > Patience) throw new TimeoutException("The daemon did not come that far in two minutes.");
            await Task.Delay(LookEvery, TimeProvider.System);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
