using System.Text.Json;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Schedules;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Dags;

/// <summary>
/// Takes scripts as they are saved: stores new versions of the DAGs whose structure or code changed, keeps the last good
/// version where something is wrong, deactivates what is gone.
/// </summary>
public sealed class DagPublisher(
    RunCoordinator coordinator, DagCatalog catalog, RunScheduler scheduler, RunFeed feed, TimeProvider time,
    IReadOnlyCollection<string>? queues = null) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, ScriptUpdate> _blocked = [];

    /// <summary>Takes a new or changed script.</summary>
    /// <returns>All that is wrong with it, schedule and duplicates included; empty when all of it is in force.</returns>
    public async Task<IReadOnlyList<Diagnostic>> PublishAsync(ScriptUpdate update, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await PublishLockedAsync(update, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A script is gone: its DAGs are deactivated and keep their history; DAGs of other files that they kept out come in.</summary>
    public async Task RemoveAsync(string file, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _blocked.Remove(file);
            await DeactivateAsync(catalog.All.Where(d => d.IsActive && d.File == file), file);
            foreach (var waiting in _blocked.Values.ToArray()) await PublishLockedAsync(waiting, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<IReadOnlyList<Diagnostic>> PublishLockedAsync(ScriptUpdate update, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _blocked.Remove(update.File);
        List<Diagnostic> found = [.. update.Description.Diagnostics, .. update.Description.Dags.SelectMany(ScheduleRules.Check)];
        if (found.Exists(d => d.Severity == DiagnosticSeverity.Error) || update.ImageHash is null)
        {
            await SaveErrorsAsync(update, found);
            return found;
        }

        var taken = update.Description.Dags.Where(d => catalog.Find(d.Id) is { IsActive: true } other && other.File != update.File).ToArray();
        foreach (var dag in taken)
        {
            found.Add(new Diagnostic(
                FlowCodes.DuplicateDag,
                $"DAG '{dag.Id}' is declared in {update.File} and in {catalog.Find(dag.Id)!.File}; the one in {catalog.Find(dag.Id)!.File} "
                + "stays in force. Give one of them another id.",
                dag.Location));
        }

        if (taken.Length > 0) _blocked[update.File] = update;
        DagModel[] dags = [.. update.Description.Dags.Except(taken)];
        found.AddRange(LimitChecks.UnservedQueues(dags, queues ?? []));
        found.AddRange(LimitChecks.PoolSizes(dags, Others(update.File)));
        await StoreAsync(update, dags, found);
        return [.. found, .. AssetWarnings(update)];
    }

    /// <summary>What is odd about its assets in view of the other scripts. It is in force all the same: the other script may be the next to change.</summary>
    private IEnumerable<Diagnostic> AssetWarnings(ScriptUpdate update)
    {
        if (update.Description.Dags.All(d => d.Assets.Count == 0)) return [];
        var own = update.Description.Dags.Select(d => d.Location?.File).ToHashSet();
        return AssetRules.Check([.. catalog.All.Where(d => d.IsActive).Select(d => d.Version.Model)])
            .Where(d => d.Code != FlowCodes.NobodyMakes && own.Contains(d.Location?.File))
            .Select(d => d with { Severity = DiagnosticSeverity.Warning });
    }

    private async Task StoreAsync(ScriptUpdate update, DagModel[] dags, List<Diagnostic> found)
    {
        var now = time.GetUtcNow();
        var pools = PoolsOf(update.File, dags);
        var stored = await coordinator.ExecuteAsync(async transaction =>
        {
            var result = new List<StoredDag>();
            foreach (var model in dags)
            {
                var dag = await StoreOneAsync(transaction, update, model, now);
                await transaction.SaveDagAsync(dag);
                result.Add(dag);
            }

            foreach (var (pool, slots) in pools) await transaction.DeclarePoolAsync(pool, slots);
            await transaction.SaveImportErrorsAsync(ErrorOf(update, found, now), update.File);
            return result;
        });

        // It may have been paused in the same commit, by failures in a row.
        foreach (var dag in stored)
            catalog.Set(catalog.Find(dag.Id) is { } known ? dag with { IsPaused = known.IsPaused, PauseReason = known.PauseReason } : dag);
        var gone = catalog.All.Where(d => d.IsActive && d.File == update.File && update.Description.Dags.All(m => m.Id != d.Id));
        await DeactivateAsync(gone, null);
        foreach (var dag in stored)
        {
            await scheduler.RefreshAsync(dag.Id);
            await coordinator.StartQueuedAsync(dag.Id);
        }

        foreach (var pool in pools.Keys) await coordinator.LookAtAsync(LimitKey.OfPool(pool)); // it may have grown

        feed.Tell(new FlowEvent.DagsChanged());
    }

    private async ValueTask<StoredDag> StoreOneAsync(IFlowTransaction transaction, ScriptUpdate update, DagModel model, DateTimeOffset now)
    {
        var known = catalog.Find(model.Id);
        var version = await VersionAsync(transaction, update, model, known?.Version, now);
        return known is null
            ? new StoredDag { Id = model.Id, File = update.File, Version = version, IsActive = true, IsPaused = model.Paused, ActiveSince = now }
            : known with { File = update.File, Version = version, IsActive = true, ActiveSince = known.IsActive ? known.ActiveSince : now };
    }

    private static async ValueTask<DagVersion> VersionAsync(
        IFlowTransaction transaction, ScriptUpdate update, DagModel model, DagVersion? known, DateTimeOffset now)
    {
        if (known is null || known.CodeHash != update.CodeHash || Structure(known.Model) != Structure(model))
        {
            return await transaction.InsertVersionAsync(new DagVersion
            {
                DagId = model.Id,
                Model = model,
                ImageHash = update.ImageHash!,
                ImageDirectory = update.ImageDirectory!,
                CodeHash = update.CodeHash,
                Source = update.Source,
                File = update.File,
                CreatedAt = now,
            });
        }

        var same = known with
        {
            Model = model,
            ImageHash = update.ImageHash!,
            ImageDirectory = update.ImageDirectory!,
            Source = update.Source,
            File = update.File,
        };
        if (known.ImageHash != same.ImageHash || known.ImageDirectory != same.ImageDirectory || known.File != same.File)
            await transaction.UpdateVersionImageAsync(same);
        return same;
    }

    /// <summary>The model without places, which move when only the layout changes.</summary>
    private static string Structure(DagModel model) => JsonSerializer.Serialize(
        model with
        {
            Location = null,
            Tasks = [.. model.Tasks.Select(t => t with { Location = null })],
            Params = [.. model.Params.Select(p => p with { Location = null })],
            Pools = [.. model.Pools.Select(p => p with { Location = null })],
            Assets = [.. model.Assets.Select(a => a with { Location = null })],
        },
        ModelJson.Default.DagModel);

    private IEnumerable<(string File, DagModel Model)> Others(string file) =>
        catalog.All.Where(d => d.IsActive && d.File != file).Select(d => (d.File, d.Version.Model));

    /// <summary>The pools that a file's DAGs are in now, or were in before, and how many slots all files together give them.</summary>
    private Dictionary<string, int> PoolsOf(string file, DagModel[] dags)
    {
        var before = catalog.All.Where(d => d.IsActive && d.File == file).SelectMany(d => d.Version.Model.Pools);
        var names = dags.SelectMany(dag => dag.Pools).Concat(before).Select(pool => pool.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0) return [];
        return LimitChecks.PoolsInForce(dags, Others(file).Select(other => other.Model)).Where(pool => names.Contains(pool.Key)).ToDictionary();
    }

    private async Task DeactivateAsync(IEnumerable<StoredDag> gone, string? removedFile)
    {
        StoredDag[] dags = [.. gone.Select(d => d with { IsActive = false })];
        if (dags.Length == 0 && removedFile is null) return;
        var declared = dags.SelectMany(dag => dag.Version.Model.Pools).Select(pool => pool.Name).ToHashSet(StringComparer.Ordinal);
        var others = catalog.All.Where(d => d.IsActive && Array.TrueForAll(dags, dag => dag.Id != d.Id)).Select(d => d.Version.Model);
        var left = LimitChecks.PoolsInForce([], others).Where(pool => declared.Contains(pool.Key)).ToDictionary();
        await coordinator.ExecuteAsync(async transaction =>
        {
            foreach (var dag in dags) await transaction.SaveDagAsync(dag);
            foreach (var (pool, slots) in left) await transaction.DeclarePoolAsync(pool, slots);
            if (removedFile is not null) await transaction.SaveImportErrorsAsync(null, removedFile);
            return true;
        });
        foreach (var dag in dags)
        {
            catalog.Set(dag);
            await scheduler.RefreshAsync(dag.Id);
        }

        foreach (var pool in left.Keys) await coordinator.LookAtAsync(LimitKey.OfPool(pool));
        feed.Tell(new FlowEvent.DagsChanged());
    }

    private async Task SaveErrorsAsync(ScriptUpdate update, IReadOnlyList<Diagnostic> found)
    {
        var error = ErrorOf(update, found, time.GetUtcNow());
        await coordinator.ExecuteAsync(async transaction =>
        {
            await transaction.SaveImportErrorsAsync(error, update.File);
            return true;
        });
        feed.Tell(new FlowEvent.DagsChanged());
    }

    private static ImportError? ErrorOf(ScriptUpdate update, IReadOnlyList<Diagnostic> found, DateTimeOffset now) =>
        found.Any(d => d.Severity == DiagnosticSeverity.Error) ? new ImportError(update.File, found, now, update.Source) : null;
}
