using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Health;
using Wizart.Flow.Web.Ui;

namespace Wizart.Flow.Web.Tests;

/// <summary>The API over a real server on a free port, a real engine, a store in memory, and bodies that tests play.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Token = "0123456789abcdef-test";
    private readonly InMemoryFlowStore _store = new();
    private readonly LocalAlarms _alarms = new(TimeProvider.System);
    private readonly WebApplication _app;

    private ApiServer(IFlowQueries? queries, AccessOptions? access = null, TimeProvider? time = null, string url = "http://127.0.0.1:0")
    {
        time ??= TimeProvider.System;
        Engine = new FlowEngine(
            _store, Bodies, new NoSecrets(), _alarms, new EngineOptions { Slots = 8, NodeName = "node" }, time, NullLoggerFactory.Instance);
        _alarms.Open(Engine.Alarms);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        foreach (var category in (string[])["Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.Antiforgery"])
            builder.Logging.AddFilter(category, Microsoft.Extensions.Logging.LogLevel.Error); // as the daemon does
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton(time);
        builder.Services.AddFlowApi(access);
        builder.Services.AddFlowUi();
        builder.Services.AddFlowHealth();
        builder.Services.AddSingleton<Wizart.Flow.Engine.Access.IPasswordHashes, QuickHashes>();
        builder.Services.AddSingleton(Engine);
        builder.Services.AddSingleton(new ConnectionCommands(
            Engine.Coordinator, _store, new StoredSettings(_store, new PlainCipher()), Given, Kinds.Types(), TimeProvider.System));
        builder.Services.AddSingleton(queries ?? _store.Queries);
        builder.Services.AddSingleton<IFlowStore>(_store);
        builder.Services.AddSingleton<IArtifactStore>(Artifacts);
        builder.Services.AddSingleton(new ApiTokens([new ApiToken("ada", Token), .. Enum.GetValues<Wizart.Flow.Engine.Access.Role>().Select(role => new ApiToken($"just-{role}", TokenOf(role)!, role))]));
        builder.Services.AddSingleton<IHealthPart>(new DutyHealth("scheduler", Engine.Duties, "clock", TimeSpan.FromSeconds(30), PartStatus.Failed, time));
        _app = builder.Build();
        _app.UseFlowAccess();
        _app.MapFlowApi();
        _app.MapFlowAccess();
        _app.MapFlowHealth();
        _app.MapFlowUi();
    }

    public FlowEngine Engine { get; }

    /// <summary>Connections that do not stand in the database.</summary>
    public GivenConnections Given { get; } = new();

    public FakeExecutor Bodies { get; } = new();

    public MemoryArtifacts Artifacts { get; } = new();

    /// <summary>Asks with the token.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Its endpoints.</summary>
    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints =>
        [.. ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints)];

    /// <summary>Where it listens.</summary>
    public string Url => _app.Urls.First();

    public static Task<ApiServer> StartOverAsync(IFlowQueries? queries, params DagModel[] dags) => StartAsync(new ApiServer(queries), dags);

    /// <summary>With other rules of who is let in, or a clock of its own.</summary>
    public static Task<ApiServer> StartWithAsync(
        AccessOptions? access = null, TimeProvider? time = null, string url = "http://127.0.0.1:0", params DagModel[] dags) =>
        StartAsync(new ApiServer(null, access, time, url), dags);

    private static async Task<ApiServer> StartAsync(ApiServer server, DagModel[] dags)
    {
        await server._app.StartAsync();
        await server.Engine.StartAsync(new LocalDispatcher(server.Engine.Slots), CancellationToken.None);
        server.Client.BaseAddress = new Uri(server._app.Urls.First() + "/api/v1/");
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var dag in dags) await server.PublishAsync(dag);
        return server;
    }

    public static Task<ApiServer> StartAsync(params DagModel[] dags) => StartOverAsync(null, dags);

    public Task<IReadOnlyList<Diagnostic>> PublishAsync(DagModel dag, params Diagnostic[] diagnostics) => Engine.Publisher.PublishAsync(
        new ScriptUpdate
        {
            File = $"{dag.Id}.csx",
            Description = new ScriptDescription([dag], diagnostics),
            ImageHash = "hash",
            ImageDirectory = "images/hash",
            CodeHash = "code",
            Source = $"Dag(\"{dag.Id}\");\n// {dag.Id}: {string.Join(", ", dag.Tasks.Select(t => t.Id))}\n",
        },
        CancellationToken.None);

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, string? body = null) => Send(HttpMethod.Post, path, body);

    public async Task<Answer> Send(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>Starts a run and gives its id.</summary>
    public async Task<long> Trigger(string dagId, string? body = null)
    {
        var answer = await Post($"dags/{dagId}/runs", body);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json.GetProperty("id").GetInt64();
    }

    /// <summary>Starts a run and waits for its end.</summary>
    public async Task<long> Run(string dagId, string? body = null)
    {
        var id = await Trigger(dagId, body);
        var ended = await Get($"runs/{id}/wait?timeout=60");
        Assert.Contains(ended.Json.GetProperty("state").GetString(), new[] { "success", "failed", "cancelled" });
        return id;
    }

    /// <summary>Stores what a run's first task told of a metric.</summary>
    public async Task TellAsync(long runId, string name, double value, params (string Key, string Value)[] tags)
    {
        var run = (await _store.Queries.RunAsync(runId, CancellationToken.None))!;
        await TellAtAsync(runId, name, value, run.LogicalDate.AddHours(30), tags);
    }

    /// <summary>The same, as told at a time.</summary>
    public async Task TellAtAsync(long runId, string name, double value, DateTimeOffset at, params (string Key, string Value)[] tags)
    {
        var run = (await _store.Queries.RunAsync(runId, CancellationToken.None))!;
        var writes = new StoreWrites();
        writes.Metrics.Add(new MetricPoint(new AttemptKey(runId, 0, -1, 1), run.DagId, at, name, value, tags.ToDictionary(t => t.Key, t => t.Value)));
        await using var transaction = await _store.BeginAsync(CancellationToken.None);
        await transaction.WriteAndCommitAsync(writes);
    }

    /// <summary>A token of somebody with just this role.</summary>
    public static string? TokenOf(Wizart.Flow.Engine.Access.Role role) => $"0123456789abcdef-{role}";

    /// <summary>What the server logged as a warning or worse.</summary>
    public LogKeeper Log { get; } = new();

    public Task StopListeningAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Engine.StopAsync(TimeSpan.Zero);
        _alarms.Dispose();
        Client.Dispose();
    }

    private sealed class NoSecrets : ISecretStore
    {
        public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => new((ConnectionSettings?)null);
    }
}

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string Type, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => Models.Json(Text);

    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(),
        response.Headers, response.Content.Headers);

    /// <summary>That it is problem details of this kind; gives what it says.</summary>
    public string Problem(HttpStatusCode status, string code)
    {
        Assert.Equal((status, "application/problem+json"), (Status, Type));
        Assert.Equal(((int)status, code), (Json.GetProperty("status").GetInt32(), Json.GetProperty("code").GetString()));
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        return Json.GetProperty("detail").GetString()!;
    }
}

/// <summary>Artifacts in memory.</summary>
internal sealed class MemoryArtifacts : IArtifactStore
{
    private readonly Dictionary<string, byte[]> _files = [];

    public void Put(string hash, string content) => _files[hash] = Encoding.UTF8.GetBytes(content);

    public Stream? Open(string hash) => _files.TryGetValue(hash, out var file) ? new MemoryStream(file) : null;

    public void Delete(string hash) => _files.Remove(hash);
}
