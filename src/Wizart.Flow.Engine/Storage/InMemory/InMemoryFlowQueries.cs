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
        return List(now().Runs.Values.Reverse().Select(run => run.Run).Where(run =>
            (filter.DagId is null || run.DagId == filter.DagId)
            && (filter.State is null || run.State == filter.State)
            && (filter.BeforeId is null || run.Id < filter.BeforeId)
            && (filter.From is null || run.LogicalDate >= filter.From)
            && (filter.To is null || run.LogicalDate < filter.To)).Take(filter.Count));
    }

    public Task<DagRun?> RunAsync(long runId, CancellationToken cancellation) => Task.FromResult(Find(runId)?.Run);

    public Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, CancellationToken cancellation) =>
        Find(runId) is not { } run
            ? List<TaskInstanceView>([])
            : List(run.Instances.Values.Select(instance => View(run, instance)));

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
