using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Grid;

namespace Wizart.Flow.Web.Ui.Runs;

/// <summary>Makes what the pages of a run show.</summary>
internal sealed class RunBoard(FlowEngine engine, IFlowQueries queries, IFlowStore store, RunViews runs, TimeProvider time)
{
    private const int MostMeasures = 500;
    private const int MostBars = 2_000;
    private const int MostEvents = 200;

    /// <summary>The head of a run.</summary>
    /// <exception cref="ApiProblem">There is no such run.</exception>
    public async Task<RunHead> HeadAsync(string runId, CancellationToken cancellation)
    {
        var run = await runs.FindAsync(runId, cancellation);
        var (version, _) = await engine.Runs.VersionAsync(run.VersionId);
        var why = run.State == RunState.Queued ? (await engine.Why.OfAsync(run.Id, cancellation)) is [var first, ..] ? first.Reason : null : run.Reason;
        var older = await queries.RunsAsync(new RunFilter(run.DagId, BeforeId: run.Id, Count: 1), cancellation);
        return new RunHead(
            run, version, engine.Catalog.Find(run.DagId)?.Version.Id == version.Id, why, older is [var before, ..] ? before.Id : null,
            await queries.NextRunAsync(run.DagId, run.Id, cancellation), (await queries.NotesAsync(run.Id, cancellation)).FirstOrDefault(n => n.TaskId is null));
    }

    /// <summary>A run's tasks.</summary>
    public async Task<RunTasksModel> TasksAsync(string runId, CancellationToken cancellation)
    {
        var head = await HeadAsync(runId, cancellation);
        var run = head.Run;
        var views = (await queries.TasksAsync(run.Id, 0, cancellation)).ToDictionary(v => v.Instance.TaskIndex);
        var tallies = (await queries.ElementCountsAsync(run.Id, cancellation)).ToLookup(t => t.TaskIndex);
        var attempts = (await queries.RunAttemptsAsync(run.Id, MostBars, cancellation)).ToLookup(a => a.TaskIndex);
        var whys = run.State == RunState.Running
            ? (await engine.Why.OfAsync(run.Id, cancellation)).Where(w => w is { TaskId: not null, MapIndex: < 0 }).ToDictionary(w => w.TaskId!, w => w.Reason)
            : [];
        var rows = Rows(head.Model, views, tallies, attempts, whys);
        var (from, to) = Span(run, attempts, time.GetUtcNow());
        return new RunTasksModel(head, rows, from, to, [.. rows.Where(r => !r.Row.IsGroup).CountBy(r => r.State).OrderBy(c => c.Key).Select(c => (c.Key, c.Value))]);
    }

    /// <summary>What a run kept and told.</summary>
    public async Task<RunKeptModel> KeptAsync(string runId, CancellationToken cancellation)
    {
        var head = await HeadAsync(runId, cancellation);
        return new RunKeptModel(
            head, await queries.ArtifactsAsync(head.Run.Id, cancellation), await queries.RunPointsAsync(head.Run.Id, null, MostMeasures, cancellation),
            await queries.DeliveriesAsync(head.Run.Id, cancellation),
            await queries.NotesAsync(head.Run.Id, cancellation), await store.RunAssetEventsAsync(head.Run.Id, MostEvents, cancellation));
    }

    private static List<RunTaskRow> Rows(
        DagModel model, Dictionary<int, TaskInstanceView> views, ILookup<int, ElementCount> tallies, ILookup<int, TaskAttempt> attempts,
        Dictionary<string, string> whys)
    {
        var tasks = model.Tasks.ToDictionary(t => t.Id, StringComparer.Ordinal);
        var rows = new List<RunTaskRow>();
        foreach (var row in GridRows.Of(model))
        {
            if (row.IsGroup)
            {
                rows.Add(new RunTaskRow(row, TaskState.None, null, 0, [], [], null));
                continue;
            }

            var task = tasks[row.Id];
            var view = views.GetValueOrDefault(task.Index);
            rows.Add(new RunTaskRow(
                row, view?.Instance.State ?? TaskState.None, view, (view?.Instance.AttemptsBefore ?? 0) + task.Retry.Count + 1, [.. tallies[task.Index]],
                Bars(attempts[task.Index], view), whys.GetValueOrDefault(row.Id) ?? view?.Instance.Reason));
        }

        return Gathered(rows);
    }

    private static List<AttemptBar> Bars(IEnumerable<TaskAttempt> attempts, TaskInstanceView? view)
    {
        List<AttemptBar> bars = [.. attempts.Select(a => new AttemptBar(a.Number, a.QueuedAt, a.StartedAt, a.EndedAt, StateOf(a.Result), a.MapIndex))];
        if (view?.Instance is { State: TaskState.Running or TaskState.Queued or TaskState.Deferred, Elements: null } now)
            bars.Add(new AttemptBar(now.Attempt, now.QueuedAt, now.State == TaskState.Queued ? null : now.StartedAt, null, now.State, -1));
        return bars;
    }

    private static TaskState StateOf(AttemptResult result) => result switch
    {
        AttemptResult.Success => TaskState.Success,
        AttemptResult.Skipped => TaskState.Skipped,
        AttemptResult.Cancelled => TaskState.Cancelled,
        _ => TaskState.Failed,
    };

    // From the end on, each row gives its state to the group around it, which stands before it.
    private static List<RunTaskRow> Gathered(List<RunTaskRow> rows)
    {
        var states = new Dictionary<string, TaskState?>(StringComparer.Ordinal);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            if (rows[i].Row.IsGroup) rows[i] = rows[i] with { State = states.GetValueOrDefault(rows[i].Row.Id) ?? TaskState.None };
            if (rows[i].Row.Group is { } group) states[group] = GridRows.Worst(states.GetValueOrDefault(group), rows[i].State);
        }

        return rows;
    }

    private static (DateTimeOffset From, DateTimeOffset To) Span(DagRun run, ILookup<int, TaskAttempt> attempts, DateTimeOffset now)
    {
        var from = run.StartedAt ?? run.QueuedAt;
        var to = run.EndedAt ?? now;
        foreach (var attempt in attempts.SelectMany(of => of))
        {
            if (attempt.QueuedAt < from) from = attempt.QueuedAt.Value;
            if (attempt.EndedAt > to) to = attempt.EndedAt;
        }

        return (from, to > from ? to : from.AddSeconds(1));
    }
}
