using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>The daemon's API, as the verbs use it.</summary>
internal sealed partial class FlowClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ApiCalls _calls;

    public FlowClient(DaemonAddress address, TimeProvider time)
    {
        // A proxy of the network does not know this machine's own addresses.
        var handler = new SocketsHttpHandler { UseProxy = !address.Url.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(10) };
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri($"{address.Url.ToString().TrimEnd('/')}{FlowApi.Root}/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
        _calls = new ApiCalls(_http, address.Url, time);
    }

    public Task<DagItem[]> DagsAsync(CancellationToken cancellation) => Get("dags", ApiJson.Default.DagItemArray, cancellation);

    public Task<DagResource> DagAsync(string dagId, CancellationToken cancellation) =>
        Get($"dags/{Part(dagId)}", ApiJson.Default.DagResource, cancellation);

    /// <summary>A version by number; the one in force when null.</summary>
    public Task<VersionResource> VersionAsync(string dagId, int? number, CancellationToken cancellation) =>
        Get($"dags/{Part(dagId)}/versions/{(number is { } known ? known : "active")}", ApiJson.Default.VersionResource, cancellation);

    /// <summary>The newest versions.</summary>
    public Task<VersionItem[]> VersionsAsync(string dagId, int count, CancellationToken cancellation) =>
        Get($"dags/{Part(dagId)}/versions?count={count}", ApiJson.Default.VersionItemArray, cancellation);

    public Task<ConnectionResource[]> ConnectionsAsync(CancellationToken cancellation) =>
        Get("connections", ApiJson.Default.ConnectionResourceArray, cancellation);

    public Task<ConnectionResource> SetConnectionAsync(string id, ConnectionBody body, CancellationToken cancellation) =>
        Send(
            HttpMethod.Put, $"connections/{Part(id)}", JsonContent.Create(body, ApiJson.Default.ConnectionBody), ApiJson.Default.ConnectionResource, cancellation);

    public Task<ConnectionTrialResource> TryConnectionAsync(string id, CancellationToken cancellation) =>
        Send(HttpMethod.Post, $"connections/{Part(id)}/test", null, ApiJson.Default.ConnectionTrialResource, cancellation);

    public async Task RemoveConnectionAsync(string id, CancellationToken cancellation)
    {
        using var response = await _calls.SendAsync(HttpMethod.Delete, $"connections/{Part(id)}", null, cancellation);
    }

    public Task<RunResource[]> RunsAsync(string dagId, RunState? state, long? before, int count, CancellationToken cancellation)
    {
        var path = $"dags/{Part(dagId)}/runs?count={count}";
        if (state is { } wanted) path += $"&state={SnakeCaseEnums.Word(wanted)}";
        if (before is { } id) path += $"&before={id}";
        return Get(path, ApiJson.Default.RunResourceArray, cancellation);
    }

    public Task<RunResource> RunAsync(string runId, CancellationToken cancellation) =>
        Get($"runs/{Part(runId)}", ApiJson.Default.RunResource, cancellation);

    public Task<RunResource> WaitAsync(long runId, int seconds, CancellationToken cancellation) =>
        Get($"runs/{runId}/wait?timeout={seconds}", ApiJson.Default.RunResource, cancellation);

    public async Task<RunResource> TriggerAsync(
        string dagId, IReadOnlyDictionary<string, JsonElement> values, string? date, CancellationToken cancellation)
    {
        var request = new TriggerRequest(values.ToDictionary(v => v.Key, v => JsonPayload.Parse(v.Value.GetRawText())), date);
        return await Send(
            HttpMethod.Post, $"dags/{Part(dagId)}/runs", JsonContent.Create(request, ApiJson.Default.TriggerRequest),
            ApiJson.Default.RunResource, cancellation);
    }

    public Task<BackfillResource> BackfillAsync(string dagId, CreateBackfillRequest request, CancellationToken cancellation) =>
        Send(
            HttpMethod.Post, $"dags/{Part(dagId)}/backfills", JsonContent.Create(request, ApiJson.Default.CreateBackfillRequest),
            ApiJson.Default.BackfillResource, cancellation);

    public Task<BackfillResource> BackfillAsync(long id, CancellationToken cancellation) =>
        Get($"backfills/{id}", ApiJson.Default.BackfillResource, cancellation);

    public Task<BackfillResource[]> BackfillsAsync(string? dagId, CancellationToken cancellation) =>
        Get(dagId is null ? "backfills" : $"dags/{Part(dagId)}/backfills", ApiJson.Default.BackfillResourceArray, cancellation);

    public Task<BackfillResource> ChangeBackfillAsync(long id, string verb, CancellationToken cancellation) =>
        Send(HttpMethod.Post, $"backfills/{id}/{verb}", null, ApiJson.Default.BackfillResource, cancellation);

    public Task<ReworkResource> ReworkAsync(string dagId, long? runId, string verb, ReworkBody body, CancellationToken cancellation) =>
        Send(
            HttpMethod.Post, $"dags/{Part(dagId)}/{(runId is { } id ? $"runs/{id}/" : "")}{verb}", JsonContent.Create(body, ReworkJson.Default.ReworkBody),
            ApiJson.Default.ReworkResource, cancellation);

    public Task<NoteResource> NoteAsync(string dagId, long runId, NoteBody body, CancellationToken cancellation) =>
        Send(
            HttpMethod.Patch, $"dags/{Part(dagId)}/runs/{runId}/note", JsonContent.Create(body, ApiJson.Default.NoteBody), ApiJson.Default.NoteResource,
            cancellation);

    public Task<NoteResource[]> NotesAsync(long runId, CancellationToken cancellation) =>
        Get($"runs/{runId}/notes", ApiJson.Default.NoteResourceArray, cancellation);

    public Task<RunResource> CancelAsync(string runId, CancellationToken cancellation) =>
        Send(HttpMethod.Post, $"runs/{Part(runId)}/cancel", null, ApiJson.Default.RunResource, cancellation);

    public Task<DagResource> PauseAsync(string dagId, bool paused, CancellationToken cancellation) =>
        Send(HttpMethod.Post, $"dags/{Part(dagId)}/{(paused ? "pause" : "unpause")}", null, ApiJson.Default.DagResource, cancellation);

    public Task<TaskResource[]> TasksAsync(long runId, CancellationToken cancellation) =>
        Get($"runs/{runId}/tasks?elements=10000", ApiJson.Default.TaskResourceArray, cancellation);

    public Task<WhyResource[]> WhyAsync(long runId, CancellationToken cancellation) =>
        Get($"runs/{runId}/why", ApiJson.Default.WhyResourceArray, cancellation);

    public Task<ApprovalResource[]> ApprovalsAsync(string? dagId, CancellationToken cancellation) =>
        Get(dagId is null ? "approvals" : $"approvals?dag={Part(dagId)}", ApiJson.Default.ApprovalResourceArray, cancellation);

    public async Task DecideAsync(long runId, string taskId, DecideRequest request, CancellationToken cancellation)
    {
        using var response = await _calls.SendAsync(
            HttpMethod.Post, $"runs/{runId}/tasks/{Part(taskId)}/approval", JsonContent.Create(request, ApiJson.Default.DecideRequest), cancellation);
    }

    public Task<DeliveryResource[]> DeliveriesAsync(long runId, CancellationToken cancellation) =>
        Get($"runs/{runId}/deliveries", ApiJson.Default.DeliveryResourceArray, cancellation);

    public Task<ImportErrorResource[]> ErrorsAsync(CancellationToken cancellation) =>
        Get("errors", ApiJson.Default.ImportErrorResourceArray, cancellation);

    /// <summary>All assets, or one by its uri.</summary>
    public Task<AssetResource[]> AssetsAsync(string? uri, CancellationToken cancellation) =>
        Get(uri is null ? "assets" : $"assets?uri={Part(uri)}", ApiJson.Default.AssetResourceArray, cancellation);

    public Task<AssetEventResource[]> AssetEventsAsync(long assetId, int count, CancellationToken cancellation) =>
        Get($"assets/{assetId}/events?count={count}", ApiJson.Default.AssetEventResourceArray, cancellation);

    public Task<AssetEventResource> UpdateAssetAsync(string uri, string? value, string? extra, CancellationToken cancellation)
    {
        var body = $"{{\"uri\":{JsonSerializer.Serialize(uri)}{(value is null ? "" : $",\"value\":{value}")}{(extra is null ? "" : $",\"extra\":{extra}")}}}";
        return Send(HttpMethod.Post, "assets/events", new StringContent(body), ApiJson.Default.AssetEventResource, cancellation);
    }

    /// <summary>All metrics, or those that a DAG told.</summary>
    public Task<MetricResource[]> MetricsAsync(string? dagId, int recent, CancellationToken cancellation) =>
        Get($"metrics?recent={recent}{(dagId is null ? "" : $"&dag={Part(dagId)}")}", ApiJson.Default.MetricResourceArray, cancellation);

    /// <summary>The points of one metric.</summary>
    public Task<MetricSeriesResource> MetricAsync(string name, IEnumerable<(string Name, string Value)> query, CancellationToken cancellation) => Get(
        $"metrics/{Part(name)}?{string.Join('&', query.Select(q => $"{q.Name}={Part(q.Value)}"))}", ApiJson.Default.MetricSeriesResource, cancellation);

    /// <summary>What DAGs, or one of them, wait for.</summary>
    public async Task<WaitingResource[]> WaitingAsync(string? dagId, CancellationToken cancellation) => dagId is null
        ? await Get("waiting", ApiJson.Default.WaitingResourceArray, cancellation)
        : [await Get($"dags/{Part(dagId)}/waiting", ApiJson.Default.WaitingResource, cancellation)];

    public Task<WaitingResource> MarkAsync(string dagId, string uri, bool updated, CancellationToken cancellation) =>
        Send(
            HttpMethod.Patch, $"dags/{Part(dagId)}/waiting",
            new StringContent($"{{\"uri\":{JsonSerializer.Serialize(uri)},\"updated\":{(updated ? "true" : "false")}}}"),
            ApiJson.Default.WaitingResource, cancellation);

    public Task<VariableResource> VariableAsync(string name, CancellationToken cancellation) =>
        Get($"variables/{Part(name)}", ApiJson.Default.VariableResource, cancellation);

    public Task<VariableResource> SetVariableAsync(string name, string json, CancellationToken cancellation) =>
        Send(
            HttpMethod.Put, $"variables/{Part(name)}", new StringContent($"{{\"value\":{json}}}"), ApiJson.Default.VariableResource, cancellation);

    public Task<PoolResource[]> PoolsAsync(CancellationToken cancellation) => Get("pools", ApiJson.Default.PoolResourceArray, cancellation);

    public Task<PoolResource> SetPoolAsync(string name, int slots, CancellationToken cancellation) =>
        Send(HttpMethod.Put, $"pools/{Part(name)}", new StringContent($"{{\"slots\":{slots}}}"), ApiJson.Default.PoolResource, cancellation);

    public Task<PoolResource> ResetPoolAsync(string name, CancellationToken cancellation) =>
        Send(HttpMethod.Post, $"pools/{Part(name)}/reset", null, ApiJson.Default.PoolResource, cancellation);

    public async Task RemoveVariableAsync(string name, CancellationToken cancellation)
    {
        using var response = await _calls.SendAsync(HttpMethod.Delete, $"variables/{Part(name)}", null, cancellation);
    }

    /// <summary>The lines of an attempt's log: all there are, or with <paramref name="follow"/> until the attempt has ended.</summary>
    public async IAsyncEnumerable<LogLineResource> LogAsync(
        long runId, string taskId, int? attempt, int mapIndex, bool follow,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var path = $"runs/{runId}/tasks/{Part(taskId)}/logs?mapIndex={mapIndex}{(attempt is { } number ? $"&attempt={number}" : "")}{(follow ? "&follow=true" : "")}";
        using var response = await _calls.SendAsync(HttpMethod.Get, path, null, cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("event: end", StringComparison.Ordinal)) yield break;
            var json = follow ? line.StartsWith("data: ", StringComparison.Ordinal) ? line["data: ".Length..] : "" : line;
            if (json.Length > 0) yield return JsonSerializer.Deserialize(json, ApiJson.Default.LogLineResource)!;
        }
    }

    /// <summary>The files that a run kept.</summary>
    public Task<ArtifactResource[]> ArtifactsAsync(long runId, CancellationToken cancellation) =>
        Get($"runs/{runId}/artifacts", ApiJson.Default.ArtifactResourceArray, cancellation);

    /// <summary>Writes the content of an artifact.</summary>
    public async Task DownloadAsync(string hash, Stream to, CancellationToken cancellation)
    {
        using var response = await _calls.SendAsync(HttpMethod.Get, $"artifacts/{hash}", null, cancellation);
        await response.Content.CopyToAsync(to, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        Send(HttpMethod.Get, path, null, type, cancellation);

    private async Task<T> Send<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var response = await _calls.SendAsync(method, path, content, cancellation);
        return (await response.Content.ReadFromJsonAsync(type, cancellation))!;
    }

    private static string Part(string text) => Uri.EscapeDataString(text);
}
