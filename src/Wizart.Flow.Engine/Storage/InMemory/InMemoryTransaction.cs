using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>Changes to a state of its own, which takes the place of the store's on commit.</summary>
internal sealed partial class InMemoryTransaction(InMemoryFlowStore store, MemoryState state) : IFlowTransaction
{
    private bool _over;

    /// <summary>What is stored when it is committed.</summary>
    public MemoryState State { get; set; } = state;

    public ValueTask<DagRun?> InsertRunAsync(DagRun run)
    {
        var isOfSchedule = run.Kind is RunKind.Scheduled or RunKind.Backfill;
        if (isOfSchedule && State.RunsOf(run.DagId, run.LogicalDate).Any(other => !other.State.IsFinal() || IsSame(other, run)))
            return new((DagRun?)null);
        var stored = run with { Id = State.LastRunId + 1 };
        var slot = (run.DagId, run.LogicalDate);
        State = State with
        {
            LastRunId = stored.Id,
            Runs = State.Runs.Add(stored.Id, new MemoryRun(stored)),
            Slots = isOfSchedule ? State.Slots.SetItem(slot, State.Slots.GetValueOrDefault(slot, []).Add(stored.Id)) : State.Slots,
        };
        return new(stored);

        static bool IsSame(DagRun one, DagRun other) => one.Kind == other.Kind && one.BackfillId == other.BackfillId;
    }

    public ValueTask<IReadOnlyList<DagRun>> StartRunsAsync(string dagId, int maxActive, DateTimeOffset now, bool newestFirst = false)
    {
        if (!State.Dags.TryGetValue(dagId, out var dag) || !dag.IsActive || dag.IsPaused) return new([]);
        var runs = State.Runs.Values.Select(run => run.Run).Where(run => run.DagId == dagId).ToArray();
        var waiting = runs
            .Where(run => run.State == RunState.Queued && run.RunAfter <= now)
            .OrderBy(run => run.RunAfter).ThenBy(run => run.Id)
            .ToLookup(run => run.BackfillId > 0 && run.Restarts == 0);
        var started = (newestFirst ? waiting[false].Reverse() : waiting[false])
            .Take(Math.Max(0, maxActive - runs.Count(run => run.State == RunState.Running && (run.BackfillId == 0 || run.Restarts > 0))))
            .Concat(waiting[true].Where(run => State.Backfills[run.BackfillId].State == BackfillState.Running))
            .Select(run => run with { State = RunState.Running, StartedAt = now, Revision = run.Revision + 1 })
            .ToArray();
        foreach (var run in started) State = State.WithRun(run.Id, stored => stored with { Run = run });
        return new(started);
    }

    public ValueTask<IReadOnlyList<long>> WriteAsync(StoreWrites writes)
    {
        var refused = new List<long>();
        foreach (var changes in writes.Runs)
        {
            if (State.Runs.TryGetValue(changes.Run.Id, out var run) && run.Run.Revision == changes.ExpectedRevision)
                Write(changes);
            else
                refused.Add(changes.Run.Id);
        }

        foreach (var chunk in writes.Logs) Write(chunk);
        foreach (var update in writes.Progress) Write(update);
        foreach (var point in writes.Metrics) Write(point);
        foreach (var kept in writes.Artifacts) Write(kept);
        return new(refused);
    }

    public ValueTask<bool> MoveRunAsync(RunMove move)
    {
        if (!State.Runs.TryGetValue(move.RunId, out var run) || run.Run.Revision != move.ExpectedRevision) return new(false);
        State = State.WithRun(move.RunId, stored => stored.Moved(move));
        return new(true);
    }

    public ValueTask SaveNoteAsync(RunNote note)
    {
        var key = (note.TaskId ?? "", note.MapIndex);
        State = State.WithRun(note.RunId, run => run with
        {
            Notes = note.Text.Length == 0 ? run.Notes.Remove(key) : run.Notes.SetItem(key, note),
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<Backfill?> InsertBackfillAsync(Backfill backfill)
    {
        if (State.Backfills.Values.Any(other => other.DagId == backfill.DagId && !other.State.IsFinal())) return new((Backfill?)null);
        var stored = backfill with { Id = State.Backfills.Count + 1 };
        State = State with { Backfills = State.Backfills.Add(stored.Id, stored) };
        return new(stored);
    }

    public ValueTask<bool> SaveBackfillAsync(Backfill backfill)
    {
        if (!State.Backfills.TryGetValue(backfill.Id, out var stored) || stored.Revision != backfill.Revision - 1) return new(false);
        State = State with { Backfills = State.Backfills.SetItem(backfill.Id, backfill) };
        return new(true);
    }

    public ValueTask SaveDagAsync(StoredDag dag)
    {
        State = State with { Dags = State.Dags.SetItem(dag.Id, dag) };
        NameAssets(dag);
        return ValueTask.CompletedTask;
    }

    public ValueTask<DagVersion> InsertVersionAsync(DagVersion version)
    {
        var stored = version with
        {
            Id = State.Versions.Count + 1,
            Number = State.Versions.Values.Count(other => other.DagId == version.DagId) + 1,
        };
        State = State with { Versions = State.Versions.Add(stored.Id, stored) };
        return new(stored);
    }

    public ValueTask UpdateVersionImageAsync(DagVersion version)
    {
        var stored = State.Versions[version.Id];
        State = State with
        {
            Versions = State.Versions.SetItem(version.Id, stored with
            {
                Model = version.Model,
                ImageHash = version.ImageHash,
                ImageDirectory = version.ImageDirectory,
                CodeHash = version.CodeHash,
                Source = version.Source,
                File = version.File,
            }),
        };
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveImportErrorsAsync(ImportError? error, string file)
    {
        State = State with
        {
            ImportErrors = error is null ? State.ImportErrors.Remove(file) : State.ImportErrors.SetItem(file, error),
        };
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveVariableAsync(string name, string? json)
    {
        State = State with
        {
            Variables = json is null ? State.Variables.Remove(name) : State.Variables.SetItem(name, JsonPayload.Parse(json)),
        };
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> SaveDeliveryTryAsync(DeliveryTry result)
    {
        foreach (var run in State.Runs.Values)
        {
            if (!run.Deliveries.TryGetValue(result.DeliveryId, out var delivery)) continue;
            if (delivery.Status != DeliveryState.Pending || delivery.Tries != result.Number - 1) return new(false);
            var changed = delivery with
            {
                Status = result.Status,
                Tries = result.Number,
                DueAt = result.DueAt,
                Error = result.Error ?? delivery.Error,
                EndedAt = result.Status == DeliveryState.Pending ? null : result.At,
            };
            State = State.WithRun(run.Run.Id, stored => stored with { Deliveries = stored.Deliveries.SetItem(changed.Id, changed) });
            return new(true);
        }

        return new(false);
    }

    public ValueTask<bool> MissDeadlineAsync(Delivery missed)
    {
        if (!State.Runs.TryGetValue(missed.RunId, out var run) || run.Run.State.IsFinal()) return new(false);
        if (run.Deliveries.Values.Any(d => d.Event == missed.Event && d.Notifier == missed.Notifier && d.Reason == missed.Reason)) return new(false);
        var stored = missed with { Id = State.LastDeliveryId + 1 };
        State = State.WithRun(run.Run.Id, known => known with { Deliveries = known.Deliveries.Add(stored.Id, stored) }) with { LastDeliveryId = stored.Id };
        return new(true);
    }

    public ValueTask AuditAsync(AuditEntry entry)
    {
        State = State with { Audit = State.Audit.Add(entry with { Id = State.Audit.Count + 1 }) };
        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync()
    {
        ObjectDisposedException.ThrowIf(_over, this);
        _over = true;
        store.EndTurn(State);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (_over) return ValueTask.CompletedTask;
        _over = true;
        store.EndTurn(null);
        return ValueTask.CompletedTask;
    }

    private void Write(RunChanges changes)
    {
        var last = State.LastDeliveryId;
        var released = changes.Rework is { } rework && State.Runs.TryGetValue(changes.Run.Id, out var before)
            ? rework.RemovedOutputs.Select(key => before.Outputs.GetValueOrDefault((key.TaskIndex, key.MapIndex))?.Stored?.Hash).OfType<string>()
            : [];
        State = State with { Released = State.Released.Union(released) };
        var deliveries = changes.Deliveries.Select(delivery => delivery with { Id = ++last }).ToArray();
        State = State.WithRun(changes.Run.Id, stored =>
        {
            var run = stored.With(changes);
            return run with { Deliveries = run.Deliveries.AddRange(deliveries.Select(d => KeyValuePair.Create(d.Id, d))) };
        }) with
        { LastDeliveryId = last };
        WriteHeld(changes);
    }

    private void Write(LogChunk chunk)
    {
        var (run, task, map, attempt) = chunk.Key;
        var key = (task, map, attempt, chunk.FirstLine);
        if (chunk.Lines.Count == 0) return;
        State = State.WithRun(run, stored => stored.Logs.ContainsKey(key)
            ? stored
            : stored with { Logs = stored.Logs.Add(key, chunk with { Lines = [.. chunk.Lines] }) });
    }

    private void Write(ProgressUpdate update)
    {
        var key = (update.Key.TaskIndex, update.Key.MapIndex);
        State = State.WithRun(update.Key.RunId, run =>
            run.Progress.TryGetValue(key, out var known) && known.Key.Attempt > update.Key.Attempt
                ? run
                : run with { Progress = run.Progress.SetItem(key, update) });
    }

    private void Write(MetricPoint point)
    {
        var id = State.LastMetricId + 1;
        State = State.WithRun(point.Key.RunId, run => run with { Metrics = run.Metrics.Add(new MemoryMetric(id, point)) }) with { LastMetricId = id };
    }

    private void Write(KeptArtifact kept) =>
        State = State.WithRun(kept.Key.RunId, run =>
            run.Artifacts.Exists(other =>
                other.Key == kept.Key && other.Artifact.Hash == kept.Artifact.Hash && other.Artifact.Name == kept.Artifact.Name)
                ? run
                : run with { Artifacts = run.Artifacts.Add(kept) });
}
