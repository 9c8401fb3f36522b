using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Tests.Coordination;

/// <summary>What happens to a commit.</summary>
internal enum Fault
{
    None,

    /// <summary>Nothing of it is stored.</summary>
    Refused,

    /// <summary>It is stored, and the connection breaks before that is told.</summary>
    StoredUntold,
}

/// <summary>A store whose commits fail as it is told.</summary>
internal sealed class FaultyStore(IFlowStore inner, Func<Fault> next) : IFlowStore
{
    public Task InitializeAsync(CancellationToken cancellation) => inner.InitializeAsync(cancellation);

    public async ValueTask<IFlowTransaction> BeginAsync(CancellationToken cancellation) =>
        new Transaction(await inner.BeginAsync(cancellation), next());

    public ValueTask<StoredRun?> LoadRunAsync(long runId, CancellationToken cancellation) => inner.LoadRunAsync(runId, cancellation);

    public Task<IReadOnlyList<DagRun>> UnfinishedRunsAsync(CancellationToken cancellation) => inner.UnfinishedRunsAsync(cancellation);

    public ValueTask<IReadOnlyList<TaskOutput>> LoadMappedOutputsAsync(long runId, int taskIndex, int? mapIndex, CancellationToken cancellation) =>
        inner.LoadMappedOutputsAsync(runId, taskIndex, mapIndex, cancellation);

    public ValueTask<IReadOnlyDictionary<int, TaskValue>> LoadOutputsAsync(long runId, IReadOnlyCollection<int> taskIndexes, CancellationToken cancellation) =>
        inner.LoadOutputsAsync(runId, taskIndexes, cancellation);

    public Task<IReadOnlyList<Delivery>> PendingDeliveriesAsync(PendingFilter filter, CancellationToken cancellation) =>
        inner.PendingDeliveriesAsync(filter, cancellation);

    public ValueTask<DagRun?> NewestRunAsync(string dagId, DateTimeOffset logicalDate, CancellationToken cancellation) => inner.NewestRunAsync(dagId, logicalDate, cancellation);

    public ValueTask<int> LogLinesAsync(AttemptKey key, CancellationToken cancellation) => inner.LogLinesAsync(key, cancellation);

    public Task<IReadOnlyList<StoredDag>> LoadDagsAsync(CancellationToken cancellation) => inner.LoadDagsAsync(cancellation);

    public ValueTask<DagVersion?> LoadVersionAsync(long versionId, CancellationToken cancellation) => inner.LoadVersionAsync(versionId, cancellation);

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> NewestScheduledAsync(CancellationToken cancellation) => inner.NewestScheduledAsync(cancellation);

    public ValueTask<IReadOnlyDictionary<string, JsonPayload>> LoadVariablesAsync(IReadOnlyCollection<string> names, CancellationToken cancellation) =>
        inner.LoadVariablesAsync(names, cancellation);

    public Task<Backfill?> LoadBackfillAsync(long id, CancellationToken cancellation) => inner.LoadBackfillAsync(id, cancellation);

    public Task<IReadOnlyList<Backfill>> BackfillsAsync(BackfillFilter filter, CancellationToken cancellation) => inner.BackfillsAsync(filter, cancellation);

    public Task<IReadOnlyDictionary<RunState, int>> BackfillRunsAsync(long id, CancellationToken cancellation) => inner.BackfillRunsAsync(id, cancellation);

    public Task<IReadOnlyList<SlotRun>> SlotRunsAsync(string dagId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        inner.SlotRunsAsync(dagId, from, to, limit, cancellation);

    public Task<IReadOnlyList<User>> UsersAsync(CancellationToken cancellation) => inner.UsersAsync(cancellation);

    public Task<User?> UserAsync(string name, CancellationToken cancellation) => inner.UserAsync(name, cancellation);

    public Task<User?> ExternalUserAsync(string external, CancellationToken cancellation) => inner.ExternalUserAsync(external, cancellation);

    public Task<(Session Session, User User)?> SessionAsync(string id, CancellationToken cancellation) => inner.SessionAsync(id, cancellation);

    public Task<IReadOnlyList<StoredToken>> TokensAsync(string? owner, CancellationToken cancellation) => inner.TokensAsync(owner, cancellation);

    public Task<StoredToken?> TokenAsync(string hash, CancellationToken cancellation) => inner.TokenAsync(hash, cancellation);

    public Task<SignInLink?> LinkAsync(string hash, CancellationToken cancellation) => inner.LinkAsync(hash, cancellation);

    public Task<IReadOnlyList<StoredPool>> PoolsAsync(CancellationToken cancellation) => inner.PoolsAsync(cancellation);

    public Task<IReadOnlyList<Holder>> HoldersAsync(LimitKey limit, CancellationToken cancellation) => inner.HoldersAsync(limit, cancellation);

    public Task<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId, CancellationToken cancellation) =>
        inner.PastOfAsync(dagId, logicalDate, taskId, cancellation);

    public Task<IReadOnlyList<MetricSummary>> MetricsAsync(string? dagId, CancellationToken cancellation) => inner.MetricsAsync(dagId, cancellation);

    public Task<IReadOnlyList<SeriesPoint>> MetricPointsAsync(MetricFilter filter, CancellationToken cancellation) =>
        inner.MetricPointsAsync(filter, cancellation);

    public Task<IReadOnlyList<MetricBucket>> MetricBucketsAsync(MetricFilter filter, TimeSpan width, CancellationToken cancellation) =>
        inner.MetricBucketsAsync(filter, width, cancellation);

    public Task<IReadOnlyList<StoredAsset>> AssetsAsync(IReadOnlyCollection<string>? uris, CancellationToken cancellation) =>
        inner.AssetsAsync(uris, cancellation);

    public Task<IReadOnlyList<AssetEvent>> AssetEventsAsync(long assetId, long? beforeId, int count, CancellationToken cancellation) =>
        inner.AssetEventsAsync(assetId, beforeId, count, cancellation);

    public Task<IReadOnlyList<AssetEvent>> RunAssetEventsAsync(long runId, int count, CancellationToken cancellation) =>
        inner.RunAssetEventsAsync(runId, count, cancellation);

    public Task<IReadOnlyList<QueuedUpdates>> QueuedUpdatesAsync(string? dagId, CancellationToken cancellation) =>
        inner.QueuedUpdatesAsync(dagId, cancellation);

    public Task<IReadOnlyList<StoredConnection>> ConnectionsAsync(CancellationToken cancellation) => inner.ConnectionsAsync(cancellation);

    public ValueTask<StoredConnection?> ConnectionAsync(string id, CancellationToken cancellation) => inner.ConnectionAsync(id, cancellation);

    public ValueTask<KeptAnswer?> AnswerAsync(string key, DateTimeOffset since, CancellationToken cancellation) => inner.AnswerAsync(key, since, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Transaction(IFlowTransaction inner, Fault fault) : IFlowTransaction
    {
        public ValueTask<DagRun?> InsertRunAsync(DagRun run) => inner.InsertRunAsync(run);

        public ValueTask<IReadOnlyList<DagRun>> StartRunsAsync(string dagId, int maxActive, DateTimeOffset now, bool newestFirst) =>
            inner.StartRunsAsync(dagId, maxActive, now, newestFirst);

        public ValueTask<IReadOnlyList<long>> WriteAsync(StoreWrites writes) => inner.WriteAsync(writes);

        public ValueTask<Backfill?> InsertBackfillAsync(Backfill backfill) => inner.InsertBackfillAsync(backfill);

        public ValueTask<bool> SaveBackfillAsync(Backfill backfill) => inner.SaveBackfillAsync(backfill);

        public ValueTask SaveDagAsync(StoredDag dag) => inner.SaveDagAsync(dag);

        public ValueTask<DagVersion> InsertVersionAsync(DagVersion version) => inner.InsertVersionAsync(version);

        public ValueTask UpdateVersionImageAsync(DagVersion version) => inner.UpdateVersionImageAsync(version);

        public ValueTask SaveImportErrorsAsync(ImportError? error, string file) => inner.SaveImportErrorsAsync(error, file);

        public ValueTask<bool> MoveRunAsync(RunMove move) => inner.MoveRunAsync(move);

        public ValueTask SaveNoteAsync(RunNote note) => inner.SaveNoteAsync(note);

        public ValueTask SaveVariableAsync(string name, string? json) => inner.SaveVariableAsync(name, json);

        public ValueTask<bool> SaveDeliveryTryAsync(DeliveryTry result) => inner.SaveDeliveryTryAsync(result);

        public ValueTask<bool> MissDeadlineAsync(Delivery missed) => inner.MissDeadlineAsync(missed);

        public ValueTask AuditAsync(AuditEntry entry) => inner.AuditAsync(entry);

        public ValueTask<IReadOnlyList<User>> LockUsersAsync() => inner.LockUsersAsync();

        public ValueTask SaveUserAsync(User user) => inner.SaveUserAsync(user);

        public ValueTask RemoveUserAsync(string name) => inner.RemoveUserAsync(name);

        public ValueTask SaveSessionAsync(Session session) => inner.SaveSessionAsync(session);

        public ValueTask EndSessionAsync(string id) => inner.EndSessionAsync(id);

        public ValueTask EndSessionsAsync(string user) => inner.EndSessionsAsync(user);

        public ValueTask<StoredToken> InsertTokenAsync(StoredToken token) => inner.InsertTokenAsync(token);

        public ValueTask<bool> RevokeTokenAsync(long id, DateTimeOffset at) => inner.RevokeTokenAsync(id, at);

        public ValueTask UseTokenAsync(long id, DateTimeOffset at) => inner.UseTokenAsync(id, at);

        public ValueTask SaveLinkAsync(SignInLink link) => inner.SaveLinkAsync(link);

        public ValueTask<bool> TakeLinkAsync(string hash) => inner.TakeLinkAsync(hash);

        public ValueTask RemoveFirstLinksAsync() => inner.RemoveFirstLinksAsync();

        public ValueTask<int> RemoveExpiredAccessAsync(DateTimeOffset before) => inner.RemoveExpiredAccessAsync(before);

        public ValueTask<IReadOnlyList<LimitUse>> LockLimitsAsync(IReadOnlyCollection<LimitKey> limits, string node) => inner.LockLimitsAsync(limits, node);

        public ValueTask DeclarePoolAsync(string name, int slots) => inner.DeclarePoolAsync(name, slots);

        public ValueTask<StoredPool?> SetPoolAsync(string name, int? slots) => inner.SetPoolAsync(name, slots);

        public ValueTask<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId) => inner.PastOfAsync(dagId, logicalDate, taskId);

        public ValueTask<IReadOnlyList<DagRun>> SkipDueRunsAsync(string dagId, DateTimeOffset now, string reason) => inner.SkipDueRunsAsync(dagId, now, reason);

        public ValueTask<OverlappingRuns> OverlappingRunsAsync(string dagId, DateTimeOffset now) => inner.OverlappingRunsAsync(dagId, now);

        public ValueTask<bool> PauseAfterFailuresAsync(string dagId, int failures, string reason) => inner.PauseAfterFailuresAsync(dagId, failures, reason);

        public ValueTask<IReadOnlyList<StoredDag>> LockFollowersAsync(IReadOnlyCollection<string> uris) => inner.LockFollowersAsync(uris);

        public ValueTask<StoredDag?> LockFollowerAsync(string dagId) => inner.LockFollowerAsync(dagId);

        public ValueTask<AssetEvent> InsertAssetEventAsync(AssetEvent update) => inner.InsertAssetEventAsync(update);

        public ValueTask QueueUpdateAsync(string dagId, string uri, long? eventId, DateTimeOffset at) => inner.QueueUpdateAsync(dagId, uri, eventId, at);

        public ValueTask<IReadOnlyList<QueuedUpdates>> QueuedAsync(string dagId) => inner.QueuedAsync(dagId);

        public ValueTask TakeQueueAsync(string dagId, IReadOnlyCollection<long> runIds) => inner.TakeQueueAsync(dagId, runIds);

        public ValueTask<bool> ClearQueueAsync(string dagId, string uri) => inner.ClearQueueAsync(dagId, uri);

        public ValueTask AddRunAssetEventsAsync(long runId, IReadOnlyCollection<long> eventIds) => inner.AddRunAssetEventsAsync(runId, eventIds);

        public ValueTask<StoredConnection?> LockConnectionAsync(string id) => inner.LockConnectionAsync(id);

        public ValueTask SaveConnectionAsync(StoredConnection connection) => inner.SaveConnectionAsync(connection);

        public ValueTask<bool> RemoveConnectionAsync(string id) => inner.RemoveConnectionAsync(id);

        public ValueTask<string?> LockVariableAsync(string name) => inner.LockVariableAsync(name);

        public ValueTask<KeptAnswer?> TakeKeyAsync(RequestKey key) => inner.TakeKeyAsync(key);

        public ValueTask ReleaseKeyAsync(string key) => inner.ReleaseKeyAsync(key);

        public ValueTask KeepAnswerAsync(string key, string answer) => inner.KeepAnswerAsync(key, answer);

        public async ValueTask CommitAsync()
        {
            if (fault == Fault.Refused) throw new StoreException("The disk is full.");
            await inner.CommitAsync();
            if (fault == Fault.StoredUntold) throw new StoreException("The connection broke.");
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
