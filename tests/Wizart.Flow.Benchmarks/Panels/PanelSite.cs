using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Panels;

/// <summary>The real program over some scripts, as somebody looks at it.</summary>
internal sealed class PanelSite : IAsyncDisposable
{
    private const int AtOnce = 16;
    private readonly TemporaryFolder _folder;
    private readonly DaemonProcess _daemon;

    private PanelSite(TemporaryFolder folder, DaemonProcess daemon) => (_folder, _daemon) = (folder, daemon);

    public HttpClient Http => _daemon.Http;

    public string Token => _daemon.Token;

    /// <summary>How long the daemon has kept processors busy.</summary>
    public TimeSpan Processor => _daemon.Processor;

    public string Folder => _folder.Path;

    public static async Task<PanelSite> StartAsync(params IEnumerable<(string File, string Text)> scripts)
    {
        var folder = new TemporaryFolder();
        foreach (var (file, text) in scripts) folder.Write(Path.Combine("pipelines", file), text);
        var site = new PanelSite(folder, DaemonProcess.Start(folder));
        try
        {
            await site._daemon.ReadyAsync();
            var errors = await site.Http.GetStringAsync("api/v1/errors");
            if (errors.Contains("\"file\"", StringComparison.Ordinal)) throw new InvalidOperationException(errors);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs DAGs, several at once, each run to its end, however that is.</summary>
    /// <returns>The runs in the order of the DAGs.</returns>
    public async Task<long[]> RunAllAsync(IReadOnlyList<string> dags)
    {
        var runs = new long[dags.Count];
        await Parallel.ForAsync(0, dags.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            runs[i] = await TriggerAsync(dags[i], "{}");
            while (!(await RunAsync(runs[i], wait: true)).TryGetProperty("endedAt", out var ended) || ended.ValueKind == JsonValueKind.Null)
            {
                // A wait is over after a minute; the run may take longer.
            }
        });
        return runs;
    }

    /// <summary>Starts a run.</summary>
    public async Task<long> TriggerAsync(string dag, string values)
    {
        using var body = new StringContent($$"""{"params": {{values}}}""", Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync($"api/v1/dags/{dag}/runs", body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
    }

    /// <summary>A run as it is, or as it is at its end.</summary>
    public Task<JsonElement> RunAsync(long run, bool wait) => Http.GetFromJsonAsync<JsonElement>($"api/v1/runs/{run}{(wait ? "/wait?timeout=60" : "")}");

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        _folder.Dispose();
    }
}
