using System.Globalization;
using System.Runtime.CompilerServices;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Commands;

/// <summary>
/// Clearing, marking and noting: what people do to runs that did not go as they should. Several runs are taken one after the
/// other, each in a commit of its own, however many there are.
/// </summary>
public sealed class ReworkCommands(
    FlowCommands commands, RunCoordinator coordinator, LiveRuns versions, IFlowStore store, TimeProvider time)
{
    private const int RunsAtOnce = 200;
    private const int LongestNote = 10_000;

    /// <summary>Clears instances: they begin anew, and runs that had ended run again.</summary>
    /// <exception cref="FlowCommandException">The DAG, run or a task is unknown, nothing is selected, or the run can't be cleared now.</exception>
    public async Task<ReworkReport> ClearAsync(ReworkRequest request, Caller actor, IFlowQueries queries)
    {
        var dag = commands.Find(request.DagId);
        if (!dag.IsActive)
            throw new FlowCommandException(
                Refusal.Conflict, $"DAG '{dag.Id}' is no longer declared by any script, so nothing of it can run again. Restore {dag.File} first.");
        var reason = Reason("cleared", actor, request.Note);
        return await ReworkAsync(request, actor, queries, "clear", (run, now) => RunPlanner.Clear(run, request.Selection.Of(run), reason, now));
    }

    /// <summary>Marks instances success, failed or skipped; without a task, the runs themselves success or failed.</summary>
    /// <param name="request">What is marked.</param>
    /// <param name="state">What it becomes.</param>
    /// <param name="goesOn">Whether what could not run because of a failure, downstream of what no longer fails, goes on.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="queries">Where other runs are looked up.</param>
    /// <exception cref="FlowCommandException">The DAG, run or a task is unknown, nothing is selected, or nothing would change.</exception>
    public Task<ReworkReport> MarkAsync(ReworkRequest request, TaskState state, bool goesOn, Caller actor, IFlowQueries queries)
    {
        commands.Find(request.DagId);
        var word = state.ToString().ToLowerInvariant();
        var reason = Reason($"marked {word}", actor, request.Note);
        if (request.Selection is { Tasks.Count: > 0 } or { OnlyFailed: true })
            return ReworkAsync(request, actor, queries, $"mark {word}", (run, now) => RunPlanner.Mark(run, request.Selection.Of(run), state, reason, goesOn, now));
        if (state == TaskState.Skipped)
            throw Invalid("A run is marked success or failed, not skipped. Name the tasks that are to be skipped.");
        var end = state == TaskState.Success ? RunState.Success : RunState.Failed;
        return ReworkAsync(request, actor, queries, $"mark run {word}", (run, now) => RunPlanner.MarkRun(run, end, reason, now));
    }

    /// <summary>Keeps a note on a run or a task instance, in the place of the one before; an empty text removes it.</summary>
    /// <exception cref="FlowCommandException">The run or task is unknown, or the text is too long.</exception>
    public async Task<RunNote> NoteAsync(string dagId, long runId, TaskPick? task, string text, Caller actor)
    {
        commands.Find(dagId);
        var stored = await StoredAsync(dagId, runId);
        if (text.Length > LongestNote) throw Invalid($"A note has at most {LongestNote} characters; this one has {text.Length}.");
        if (task is { } pick) Check(new LiveRun(stored.Run, (await versions.VersionAsync(stored.Run.VersionId)).Graph, stored.Instances), [pick]);
        var note = new RunNote(runId, task?.TaskId, task?.MapIndex ?? -1, text, actor.Name, time.GetUtcNow());
        await coordinator.ExecuteAsync(async transaction =>
        {
            await transaction.SaveNoteAsync(note);
            await transaction.AuditAsync(new AuditEntry(note.At, actor, "note", $"{dagId}/{runId}{(task is { } t ? $"/{t.TaskId}" : "")}", null));
            return true;
        });
        return note;
    }

    private async Task<ReworkReport> ReworkAsync(
        ReworkRequest request, Caller actor, IFlowQueries queries, string action, Func<LiveRun, DateTimeOffset, RunPlan?> step)
    {
        if (request is { From: { } from, To: { } to } && from > to) throw Invalid("The range begins after it ends.");
        var (runs, instances) = (0, 0L);
        var listed = new List<TouchedInstance>();
        var refused = new List<RefusedRun>();
        await foreach (var id in RunsAsync(request, queries))
        {
            var outcome = await OneAsync(request, id, action, actor, step);
            if (outcome.Refused is { } why)
            {
                if (!request.IsWide) throw new FlowCommandException(Refusal.Conflict, why);
                if (refused.Count < ReworkReport.Listed) refused.Add(new RefusedRun(id, why));
            }
            else if (outcome.Touched.Count > 0)
            {
                (runs, instances) = (runs + 1, instances + outcome.Touched.Count);
                listed.AddRange(outcome.Touched.Take(ReworkReport.Listed - listed.Count));
            }
        }

        if (runs == 0 && refused.Count == 0 && !request.DryRun)
            throw new FlowCommandException(Refusal.Conflict, $"Nothing is selected that this would change{Hint(request)}.");
        return new ReworkReport(request.DryRun, runs, instances, listed, refused);
    }

    private async Task<(IReadOnlyList<TouchedInstance> Touched, string? Refused)> OneAsync(
        ReworkRequest request, long id, string action, Caller actor, Func<LiveRun, DateTimeOffset, RunPlan?> step)
    {
        var stored = await StoredAsync(request.DagId, id);
        var version = await versions.VersionAsync(stored.Run.VersionId);
        var move = request.OnNewest ? await MoveAsync(stored, version.Version) : null;
        var graph = move is null ? version.Graph : (await versions.VersionAsync(move.VersionId)).Graph;
        var copy = new LiveRun(stored.Run, graph, move is null ? stored.Instances : stored.Instances.Select(i => i.At(move.Indexes[i.TaskIndex])));
        if (id == request.RunId) Check(copy, request.Selection.Tasks);

        if (move is not null && !stored.Run.State.IsFinal())
            return ([], $"Run {id} is under way, and stays on its version until it has ended. Cancel it, or wait for its end.");
        var touched = Rehearsal.Of(copy, run => step(run, time.GetUtcNow()));
        if (touched is null && stored.Run.EndingAs is not null && !stored.Run.State.IsFinal())
            return ([], $"Run {id} is being ended ({stored.Run.Reason}). Wait until it has.");
        if (touched is null or { Count: 0 }) return ([], null);
        if (copy.Run.State == RunState.Queued && stored.Run.State.IsFinal() && await OtherAsync(stored.Run) is { } other) return ([], other);
        if (request.DryRun) return (touched, null);

        var isDone = move is null ? await coordinator.ReworkAsync(id, step) : await coordinator.ReworkAsync(stored, move, step);
        if (!isDone) return ([], $"Run {id} was changed a moment ago. Try again.");
        var detail = touched is [{ TaskId: null } run] ? run.Effect : touched.Count == 1 ? $"{touched[0].TaskId}: {touched[0].Effect}" : $"{touched.Count} task instances";
        if (request.Note is { Length: > 0 } note) detail += $"; {note}"; // what runs again has reasons of its own later
        await coordinator.ExecuteAsync(async transaction =>
        {
            await transaction.AuditAsync(new AuditEntry(
                time.GetUtcNow(), actor, action, $"{request.DagId}/{id}", System.Text.Json.JsonSerializer.Serialize(detail, MemoJson.Default.String)));
            return true;
        });
        return (touched, null);
    }

    /// <summary>The move to the DAG's newest version; null when the run is on it.</summary>
    private async Task<RunMove?> MoveAsync(StoredRun stored, DagVersion own)
    {
        var newest = commands.Find(stored.Run.DagId).Version;
        if (newest.Id == own.Id) return null;
        var (version, _) = await versions.VersionAsync(newest.Id);
        return VersionMove.Of(stored, own.Model, version.Id, version.Model);
    }

    /// <summary>Two runs of one interval never run at once.</summary>
    private async Task<string?> OtherAsync(DagRun run)
    {
        if (run.Kind is not (RunKind.Scheduled or RunKind.Backfill)) return null;
        var slots = await store.SlotRunsAsync(run.DagId, run.LogicalDate, run.LogicalDate, 1, CancellationToken.None);
        return slots is [{ IsUnfinished: true }, ..]
            ? $"Another run of the interval of run {run.Id} is queued or running. Wait for its end, or cancel it."
            : null;
    }

    private async IAsyncEnumerable<long> RunsAsync(
        ReworkRequest request, IFlowQueries queries, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (request.RunId is not { } id)
        {
            await foreach (var run in PagesAsync(queries, request.DagId, request.From, After(request.To), cancellation)) yield return run;
            yield break;
        }

        var named = (await StoredAsync(request.DagId, id)).Run;
        yield return id;
        if (request.Past)
            await foreach (var run in PagesAsync(queries, request.DagId, request.From, named.LogicalDate, cancellation)) yield return run;
        if (request.Future)
            await foreach (var run in PagesAsync(queries, request.DagId, After(named.LogicalDate), After(request.To), cancellation)) yield return run;
    }

    private async IAsyncEnumerable<long> PagesAsync(
        IFlowQueries queries, string dagId, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long? before = null;
        while (true)
        {
            var page = await queries.RunsAsync(new RunFilter(dagId, null, before, RunsAtOnce, from, to), cancellation);
            foreach (var run in page) yield return run.Id;
            if (page.Count < RunsAtOnce) yield break;
            before = page[^1].Id;
        }
    }

    private async Task<StoredRun> StoredAsync(string dagId, long id) =>
        await store.LoadRunAsync(id, CancellationToken.None) is { } stored && stored.Run.DagId == dagId
            ? stored
            : throw new FlowCommandException(Refusal.NotFound, $"DAG '{dagId}' has no run {id}.");

    private static void Check(LiveRun run, IReadOnlyList<TaskPick> picks)
    {
        foreach (var pick in picks)
        {
            if (run.Graph.Tasks.FirstOrDefault(task => task.Id == pick.TaskId) is not { } found)
                throw new FlowCommandException(
                    Refusal.NotFound, $"DAG '{run.Run.DagId}' has no task '{pick.TaskId}' in this run's version.{Nearest.Hint(pick.TaskId, run.Graph.Tasks.Select(task => task.Id))}");
            if (run.Find(found.Index, pick.MapIndex) is null)
                throw new FlowCommandException(Refusal.NotFound, $"Task '{pick.TaskId}' has no element {pick.MapIndex} in run {run.Run.Id}.");
        }
    }

    private static string Hint(ReworkRequest request) =>
        request.Selection.OnlyFailed ? ": none of it failed" : request.RunId is null ? ": no run of the range has begun it" : "";

    private static string Reason(string what, Caller actor, string? note) => string.IsNullOrWhiteSpace(note) ? $"{what} by {actor}" : $"{what} by {actor}: {note.Trim()}";

    private static DateTimeOffset? After(DateTimeOffset? time) => time?.AddMicroseconds(1);

    private static FlowCommandException Invalid(string message) => new(Refusal.Invalid, string.Create(CultureInfo.InvariantCulture, $"{message}"));
}
