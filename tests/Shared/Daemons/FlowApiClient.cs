using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web;

namespace Wizart.Flow.TestServers.Daemons;

/// <summary>A daemon's API as a program outside uses it.</summary>
internal sealed class FlowApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Func<string> _daemonOutput;

    public FlowApiClient(string url, string token, Func<string> daemonOutput)
    {
        _daemonOutput = daemonOutput;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"{url}{FlowApi.Root}/"), Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Whether it answers and has taken up its work.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync("health", Cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task<DagItem[]> DagsAsync(bool inactive = false) => GetAsync<DagItem[]>($"dags?inactive={(inactive ? "true" : "false")}");

    /// <summary>A DAG of the list; null when it is not there or no longer active.</summary>
    public async Task<DagItem?> FindDagAsync(string id) => (await DagsAsync()).FirstOrDefault(d => d.Id == id);

    public Task<ImportErrorResource[]> ErrorsAsync() => GetAsync<ImportErrorResource[]>("errors");

    public Task<RunResource[]> RunsAsync(string dagId) => GetAsync<RunResource[]>($"dags/{dagId}/runs?count=1000");

    public Task<RunResource> RunAsync(long id) => GetAsync<RunResource>($"runs/{id}");

    public Task<TaskResource[]> TasksAsync(long runId) => GetAsync<TaskResource[]>($"runs/{runId}/tasks");

    public async Task<TaskResource> TaskAsync(long runId, string taskId) => (await TasksAsync(runId)).Single(t => t.Id == taskId);

    public Task<AttemptResource[]> AttemptsAsync(long runId, string taskId) =>
        GetAsync<AttemptResource[]>($"runs/{runId}/tasks/{taskId}/attempts");

    public Task<PoolResource[]> PoolsAsync() => GetAsync<PoolResource[]>("pools");

    public Task<WhyResource[]> WhyAsync(long runId) => GetAsync<WhyResource[]>($"runs/{runId}/why");

    public Task<DeliveryResource[]> DeliveriesAsync(long runId) => GetAsync<DeliveryResource[]>($"runs/{runId}/deliveries");

    public Task<ArtifactResource[]> ArtifactsAsync(long runId) => GetAsync<ArtifactResource[]>($"runs/{runId}/artifacts");

    /// <summary>Lines of the newest attempt's log.</summary>
    public async Task<LogLineResource[]> LogAsync(long runId, string taskId, long from = 1, int count = int.MaxValue)
    {
        var text = await TextAsync($"runs/{runId}/tasks/{taskId}/logs?from={from}&count={count}");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<LogLineResource>(l, ApiJson.Default.Options)!)];
    }

    public async Task<T?> OutputAsync<T>(long runId, string taskId) =>
        JsonSerializer.Deserialize<T>(await TextAsync($"runs/{runId}/tasks/{taskId}/output"), JsonSerializerOptions.Web);

    /// <summary>Starts a run.</summary>
    public async Task<RunResource> TriggerAsync(string dagId, object? parameters = null)
    {
        using var response = await TryTriggerAsync(dagId, parameters);
        return await ReadAsync<RunResource>(response);
    }

    /// <summary>Asks for a run and gives whatever comes back.</summary>
    public Task<HttpResponseMessage> TryTriggerAsync(string dagId, object? parameters = null) =>
        _http.PostAsJsonAsync($"dags/{dagId}/runs", new { @params = parameters ?? new { } }, Cancellation);

    /// <summary>Clears something of a run.</summary>
    public async Task<ReworkResource> ClearAsync(string dagId, long runId, object body)
    {
        using var response = await _http.PostAsJsonAsync($"dags/{dagId}/runs/{runId}/clear", body, Cancellation);
        return await ReadAsync<ReworkResource>(response);
    }

    public async Task<RunResource> CancelAsync(long runId)
    {
        using var response = await _http.PostAsync(new Uri($"runs/{runId}/cancel", UriKind.Relative), null, Cancellation);
        return await ReadAsync<RunResource>(response);
    }

    /// <summary>Waits for a run's end.</summary>
    public async Task<RunResource> EndAsync(long runId)
    {
        // The daemon itself waits for the end; it gives up when it takes long, and is asked again.
        for (var i = 0; i < 6; i++)
        {
            var run = await GetAsync<RunResource>($"runs/{runId}/wait?timeout=20");
            if (run.State.IsFinal()) return run;
        }

        throw new TimeoutException($"Run {runId} does not end.\n{_daemonOutput()}");
    }

    public Task<ApprovalResource[]> ApprovalsAsync() => GetAsync<ApprovalResource[]>("approvals");

    /// <summary>Answers a task that asks.</summary>
    public async Task DecideAsync(long runId, string taskId, bool approved, params (string Name, object Value)[] values)
    {
        using var response = await _http.PostAsJsonAsync(
            $"runs/{runId}/tasks/{taskId}/approval", new { approved, values = values.ToDictionary(v => v.Name, v => v.Value) }, Cancellation);
        if (!response.IsSuccessStatusCode) throw await RefusedAsync(response);
    }

    /// <summary>Starts a run and waits for its end.</summary>
    public async Task<RunResource> RunToEndAsync(string dagId, object? parameters = null) =>
        await EndAsync((await TriggerAsync(dagId, parameters)).Id);

    /// <summary>Waits until a file has this error, and gives it.</summary>
    public Task<DiagnosticResource> ErrorAsync(string file, string code) => Eventually.GetAsync(
        async () => (await ErrorsAsync()).Where(e => e.File == file).SelectMany(e => e.Diagnostics).FirstOrDefault(d => d.Code == code),
        () => $"{code} of {file}.\n{_daemonOutput()}");

    /// <summary>Waits until a DAG is as expected, and gives it.</summary>
    public Task<DagItem> DagAsync(string id, Func<DagItem, bool>? isExpected = null) => Eventually.GetAsync(
        async () => await FindDagAsync(id) is { } dag && (isExpected is null || isExpected(dag)) ? dag : null,
        () => $"DAG {id} as expected.\n{_daemonOutput()}");

    public async Task<byte[]> BytesAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), Cancellation);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync(Cancellation)
            : throw await RefusedAsync(response);
    }

    /// <summary>Posts JSON and gives whatever comes back.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        _http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json), Cancellation);

    /// <summary>Reads a resource.</summary>
    public Task<T> ReadAsync<T>(string path) => GetAsync<T>(path);

    public void Dispose() => _http.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<string> TextAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync(Cancellation) : throw await RefusedAsync(response);
    }

    private async Task<T> GetAsync<T>(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return await ReadAsync<T>(response);
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response) => response.IsSuccessStatusCode
        ? (await response.Content.ReadFromJsonAsync<T>(ApiJson.Default.Options, Cancellation))!
        : throw await RefusedAsync(response);

    private async Task<InvalidOperationException> RefusedAsync(HttpResponseMessage response) => new(
        $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} gave {(int)response.StatusCode}: "
        + $"{await response.Content.ReadAsStringAsync(Cancellation)}\n{_daemonOutput()}");
}
