using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>Reads for people, over one state at a time.</summary>
internal sealed partial class InMemoryFlowQueries(Func<MemoryState> now) : IFlowQueries
{
    public Task<IReadOnlyList<DagSummary>> DagsAsync(bool includeInactive, CancellationToken cancellation)
    {
        var state = now();
        var runs = state.Runs.Values.ToLookup(run => run.Run.DagId, run => run.Run);
        return List(state.CurrentDags.Where(dag => includeInactive || dag.IsActive).Select(dag => new DagSummary(
            dag,
            runs[dag.Id].LastOrDefault(),
            runs[dag.Id].GroupBy(run => run.State).ToDictionary(some => some.Key, some => some.Count()),
            state.ImportErrors.GetValueOrDefault(dag.File)?.Diagnostics ?? [])));
    }

    public Task<DagVersion?> VersionAsync(string dagId, int? number, CancellationToken cancellation)
    {
        var state = now();
        return Task.FromResult(number is null
            ? state.CurrentDags.SingleOrDefault(dag => dag.Id == dagId)?.Version
            : state.Versions.Values.SingleOrDefault(version => version.DagId == dagId && version.Number == number));
    }

    public Task<IReadOnlyList<DagRun>> RunsAsync(RunFilter filter, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Count, 1000);
        return List(InMemoryRuns.Of(now(), filter));
    }

    public Task<DagRun?> RunAsync(long runId, CancellationToken cancellation) => Task.FromResult(Find(runId)?.Run);

    public Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, CancellationToken cancellation) =>
        TasksAsync(runId, int.MaxValue, cancellation);

    public Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, int mostElements, CancellationToken cancellation) =>
        List(Find(runId) is { } run ? run.Instances.Values.Where(i => i.MapIndex < mostElements).Select(i => View(run, i)) : []);

    public Task<TaskInstanceView?> TaskAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        Task.FromResult(Find(runId) is { } run && run.Instances.TryGetValue((taskIndex, mapIndex), out var instance) ? View(run, instance) : null);

    public Task<IReadOnlyList<TaskInstanceView>> ElementsAsync(ElementFilter filter, CancellationToken cancellation) =>
        List(Find(filter.RunId) is { } run
            ? run.Instances.Values
                .Where(i => i.TaskIndex == filter.TaskIndex && i.MapIndex >= 0 && i.MapIndex > filter.After
                    && (filter.States.Count == 0 || filter.States.Contains(i.State)))
                .Take(filter.Count).Select(i => View(run, i))
            : []);

    public Task<IReadOnlyList<ElementCount>> ElementCountsAsync(long runId, CancellationToken cancellation) =>
        List(Find(runId)?.Instances.Values.Where(i => i.MapIndex >= 0).GroupBy(i => (i.TaskIndex, i.State))
            .Select(some => new ElementCount(some.Key.TaskIndex, some.Key.State, some.Count())) ?? []);

    public Task<IReadOnlyDictionary<TaskState, long>> LiveTasksAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<TaskState, long>>(now().Runs.Values.Where(run => run.Run.State == RunState.Running)
            .SelectMany(run => run.Instances.Values).GroupBy(i => i.State).ToDictionary(some => some.Key, some => (long)some.Count()));

    public Task<IReadOnlyList<VersionSummary>> VersionsAsync(string dagId, int? before, int count, CancellationToken cancellation)
    {
        var state = now();
        var active = state.Dags.GetValueOrDefault(dagId)?.Version.Id;
        return List(state.Versions.Values.Where(v => v.DagId == dagId && (before is null || v.Number < before)).OrderByDescending(v => v.Number).Take(count)
            .Select(v => new VersionSummary(v.Number, v.File, v.CodeHash, v.CreatedAt, v.Id == active)));
    }

    public Task<IReadOnlyList<StoredVariable>> VariablesAsync(string? after, int count, CancellationToken cancellation) =>
        List(now().Variables.Where(v => after is null || string.CompareOrdinal(v.Key, after) > 0).OrderBy(v => v.Key, StringComparer.Ordinal).Take(count)
            .Select(v => new StoredVariable(v.Key, v.Value)));

    public Task<IReadOnlyList<TaskAttempt>> AttemptsAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        List(Find(runId)?.Attempts.Values.Where(attempt => attempt.TaskIndex == taskIndex && attempt.MapIndex == mapIndex) ?? []);

    public Task<IReadOnlyList<NumberedLogLine>> LogAsync(AttemptKey key, int fromLine, int count, CancellationToken cancellation)
    {
        if (count <= 0 || Find(key.RunId) is not { } run) return List<NumberedLogLine>([]);
        var from = Math.Max(fromLine, 1);
        return List(run.Logs.Values
            .Where(chunk => chunk.Key == key)
            .SelectMany(chunk => chunk.Lines.Select((line, index) => new NumberedLogLine(chunk.FirstLine + index, line)))
            .Where(line => line.Number >= from && line.Number < from + (long)count)
            .DistinctBy(line => line.Number));
    }

    public Task<int> LogLengthAsync(AttemptKey key, CancellationToken cancellation) =>
        Task.FromResult(Find(key.RunId)?.Logs.Values.Where(chunk => chunk.Key == key)
            .Select(chunk => chunk.FirstLine + chunk.Lines.Count - 1).DefaultIfEmpty().Max() ?? 0);

    public Task<IReadOnlyList<Delivery>> DeliveriesAsync(long runId, CancellationToken cancellation) =>
        List(Find(runId)?.Deliveries.Values ?? []);

    public Task<IReadOnlyList<WaitingInstance>> ApprovalsAsync(string? dagId, int count, CancellationToken cancellation) =>
        List(now().Runs.Values
            .Where(run => run.Run.State == RunState.Running && (dagId is null || run.Run.DagId == dagId))
            .SelectMany(run => run.Instances.Values
                .Where(instance => instance is { State: TaskState.Deferred, Wait.Kind: Model.WaitKind.Approval })
                .Select(instance => new WaitingInstance(run.Run, MemoryRun.Copy(instance))))
            .Take(count));

    public Task<IReadOnlyList<RunNote>> NotesAsync(long runId, CancellationToken cancellation) => List(Find(runId)?.Notes.Values ?? []);

    public Task<TaskValue?> OutputAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        Task.FromResult(Find(runId)?.Outputs.GetValueOrDefault((taskIndex, mapIndex)));

    public Task<IReadOnlyList<KeptArtifact>> ArtifactsAsync(long runId, CancellationToken cancellation) =>
        List(Find(runId)?.Artifacts.OrderBy(kept => kept.Time) ?? Enumerable.Empty<KeptArtifact>());

    public Task<IReadOnlyList<ImportError>> ImportErrorsAsync(CancellationToken cancellation) => List(now().ImportErrors.Values);

    public Task<IReadOnlyList<AuditEntry>> AuditAsync(AuditFilter filter, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Count, 1000);
        return List(now().Audit.Reverse<AuditEntry>().Where(entry =>
            (filter.BeforeId is null || entry.Id < filter.BeforeId)
            && (filter.Actor is null || entry.Actor == filter.Actor)
            && (filter.Action is null || entry.Action == filter.Action)
            && (filter.Target is null || entry.Target == filter.Target || entry.Target.StartsWith(filter.Target + "/", StringComparison.Ordinal))
            && (filter.From is null || entry.At >= filter.From)
            && (filter.To is null || entry.At < filter.To)).Take(filter.Count));
    }

    private static TaskInstanceView View(MemoryRun run, TaskInstance instance)
    {
        var progress = run.Progress.GetValueOrDefault((instance.TaskIndex, instance.MapIndex));
        if (progress?.Key.Attempt != instance.Attempt) progress = null;
        var attempt = run.Attempts.GetValueOrDefault((instance.TaskIndex, instance.MapIndex, instance.Attempt));
        return new TaskInstanceView(
            MemoryRun.Copy(instance),
            progress is null || double.IsNaN(progress.Share) ? null : progress.Share,
            progress?.Text,
            attempt?.Error)
        {
            TaskId = run.TaskIds.GetValueOrDefault(instance.TaskIndex),
        };
    }

    private MemoryRun? Find(long runId) => now().Runs.GetValueOrDefault(runId);

    private static Task<IReadOnlyList<T>> List<T>(IEnumerable<T> items) => Task.FromResult<IReadOnlyList<T>>([.. items]);
}
