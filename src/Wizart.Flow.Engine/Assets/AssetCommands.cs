using System.Text;
using System.Text.Json;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Assets;

/// <summary>An asset as people see it.</summary>
/// <param name="Stored">Its number, uri and latest update.</param>
/// <param name="Model">As active DAGs declare it; null when none names it any more.</param>
/// <param name="Makers">The tasks that update it, as <c>dag/task</c>.</param>
/// <param name="Followers">The DAGs whose schedules name it.</param>
/// <param name="Takers">The tasks that take its value.</param>
public sealed record AssetView(
    StoredAsset Stored, AssetModel? Model, IReadOnlyList<string> Makers, IReadOnlyList<string> Followers, IReadOnlyList<string> Takers);

/// <summary>What a DAG that follows assets waits for.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Schedule">Its schedule.</param>
/// <param name="Assets">Each asset of the condition, and what is known of it since the last run; null when it was not updated.</param>
public sealed record WaitingDag(StoredDag Dag, AssetScheduleModel Schedule, IReadOnlyList<(string Uri, QueuedUpdates? Updates)> Assets)
{
    /// <summary>Whether the condition holds, so that only a pause or the clock holds up the run.</summary>
    public bool Holds => Schedule.Assets.Holds(uri => Assets.Any(a => a.Uri == uri && a.Updates is not null));
}

/// <summary>What people and programs may ask of assets. Everything that changes something is in the audit log.</summary>
public sealed class AssetCommands(RunCoordinator coordinator, DagCatalog catalog, IFlowStore store, AssetValues values, TimeProvider time)
{
    /// <summary>All assets, in the order of their uris.</summary>
    public async Task<IReadOnlyList<AssetView>> AllAsync(CancellationToken cancellation)
    {
        var graph = Graph();
        return [.. (await store.AssetsAsync(null, cancellation)).Select(stored => View(graph, stored))];
    }

    /// <summary>One asset by its number or its uri.</summary>
    /// <exception cref="FlowCommandException">There is none.</exception>
    public async Task<AssetView> FindAsync(string idOrUri, CancellationToken cancellation)
    {
        var all = await store.AssetsAsync(null, cancellation);
        var found = all.FirstOrDefault(a => a.Uri == idOrUri)
            ?? all.FirstOrDefault(a => a.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == idOrUri);
        return found is null ? throw Unknown(idOrUri, all.Select(a => a.Uri)) : View(Graph(), found);
    }

    /// <summary>Tells that an asset was updated, by a person or a program: what follows it runs.</summary>
    /// <param name="uri">The asset; an active DAG must name it.</param>
    /// <param name="value">Its value as JSON; null for an asset that has none.</param>
    /// <param name="extra">What is said with it; null for nothing.</param>
    /// <param name="actor">Who tells.</param>
    /// <exception cref="FlowCommandException">No active DAG names the asset, or the value is not one of its type.</exception>
    public async Task<AssetEvent> UpdateAsync(string uri, JsonElement? value, JsonElement? extra, Caller actor)
    {
        var graph = Graph();
        if (graph.Find(uri) is not { } asset) throw Unknown(uri, graph.Uris);
        if (WhyNot(asset, value) is { } why) throw new FlowCommandException(Refusal.Invalid, why);
        var now = time.GetUtcNow();
        var stored = await coordinator.UpdateAssetsAsync([EventOf(uri, value, extra, actor, now)]);
        await AuditAsync(now, actor, "update asset", uri);
        return stored[0];
    }

    /// <summary>What the active DAGs that follow assets, or one of them, wait for.</summary>
    /// <exception cref="FlowCommandException">There is no such DAG, or it follows no assets.</exception>
    public async Task<IReadOnlyList<WaitingDag>> WaitingAsync(string? dagId, CancellationToken cancellation)
    {
        if (dagId is not null) _ = Follower(dagId);
        var queued = (await store.QueuedUpdatesAsync(dagId, cancellation)).ToDictionary(q => (q.DagId, q.Uri));
        return
        [
            .. from dag in catalog.All
               where dag.IsActive && (dagId is null || dag.Id == dagId)
               let schedule = dag.Version.Model.AssetSchedule
               where schedule is not null
               orderby dag.Id
               select new WaitingDag(dag, schedule, [.. schedule.Assets.Uris.Select(uri => (uri, queued.GetValueOrDefault((dag.Id, uri))))]),
        ];
    }

    /// <summary>Marks an asset as updated for one DAG, or as not updated.</summary>
    /// <exception cref="FlowCommandException">There is no such DAG, or it does not follow the asset.</exception>
    public async Task<WaitingDag> MarkAsync(string dagId, string uri, bool updated, Caller actor)
    {
        var (_, schedule) = Follower(dagId);
        if (!schedule.Assets.Uris.Contains(uri, StringComparer.Ordinal))
        {
            throw new FlowCommandException(
                Refusal.NotFound, $"DAG '{dagId}' does not follow '{uri}'. It follows: {string.Join(", ", schedule.Assets.Uris)}.");
        }

        if (await coordinator.ChangeQueueAsync(dagId, uri, updated))
            await AuditAsync(time.GetUtcNow(), actor, updated ? "mark updated" : "clear update", $"{dagId} {uri}");
        return (await WaitingAsync(dagId, CancellationToken.None))[0];
    }

    /// <summary>An update from outside, as it is stored.</summary>
    public AssetEvent EventOf(string uri, JsonElement? value, JsonElement? extra, Caller actor, DateTimeOffset at) => new()
    {
        Uri = uri,
        Time = at,
        Value = value is { } given ? values.Of(Encoding.UTF8.GetBytes(given.GetRawText())) : null,
        By = actor.Name,
        Extra = extra is { } said ? JsonPayload.Parse(said.GetRawText()) : null,
        Interval = new DataInterval(at, at),
    };

    /// <summary>Who could give an asset the value it lacks: the end of a sentence.</summary>
    public string MakersOf(string uri)
    {
        var makers = Graph().MakersOf(uri);
        return makers.Count == 0
            ? $"No task makes it: give it a value with 'flow assets update {uri} --value …'."
            : $"It is made by {string.Join(", ", makers.Select(m => $"'{m}'"))}: run that first, or give it a value with 'flow assets update {uri} --value …'.";
    }

    private AssetGraph Graph() => new([.. catalog.All.Where(d => d.IsActive).Select(d => d.Version.Model)]);

    private (StoredDag Dag, AssetScheduleModel Schedule) Follower(string dagId)
    {
        var dag = catalog.Find(dagId)
            ?? throw new FlowCommandException(Refusal.NotFound, $"There is no DAG '{dagId}'.{Nearest.Hint(dagId, catalog.All.Select(d => d.Id))}");
        if (!dag.IsActive) throw new FlowCommandException(Refusal.Conflict, $"DAG '{dagId}' is no longer declared by any script, and waits for nothing.");
        return dag.Version.Model.AssetSchedule is { } schedule
            ? (dag, schedule)
            : throw new FlowCommandException(Refusal.Conflict, $"DAG '{dagId}' follows no assets: it runs {dag.Version.Model.Schedule?.Text ?? "by hand"}.");
    }

    private static AssetView View(AssetGraph graph, StoredAsset stored) => new(
        stored, graph.Find(stored.Uri), graph.MakersOf(stored.Uri), graph.FollowersOf(stored.Uri), graph.TakersOf(stored.Uri));

    private static string? WhyNot(AssetModel asset, JsonElement? value)
    {
        if (asset.Type is null)
            return value is null ? null : $"Asset '{asset.Uri}' has no value: it only tells that data elsewhere are new. Leave the value out.";
        if (value is not { } given) return $"Asset '{asset.Uri}' has a value ({asset.Type}): give it.";
        return asset.Schema is { } schema && JsonSchemaCheck.WhyNot(schema, given) is { } why
            ? $"This is no {asset.Type}, the value of asset '{asset.Uri}': {why}"
            : null;
    }

    private static FlowCommandException Unknown(string uri, IEnumerable<string> known) => new(
        Refusal.NotFound, $"There is no asset '{uri}': no active DAG names it.{Nearest.Hint(uri, known)}");

    private Task AuditAsync(DateTimeOffset now, Caller actor, string action, string target) =>
        coordinator.ExecuteAsync(async transaction =>
        {
            await transaction.AuditAsync(new AuditEntry(now, actor, action, target, null));
            return true;
        });
}
