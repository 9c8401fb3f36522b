using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Engine.Commands;

/// <summary>What people and programs may ask of backfills. Everything that changes something is in the audit log.</summary>
public sealed class BackfillCommands(
    FlowCommands commands, RunCoordinator coordinator, BackfillService service, IFlowStore store, TimeProvider time)
{
    /// <summary>The most intervals that one backfill may have.</summary>
    public const long MostIntervals = 10_000_000;

    /// <summary>The most runs of one backfill at once.</summary>
    public const int MostActive = 10_000;

    private const int Listed = 100;

    /// <summary>Begins a backfill.</summary>
    /// <exception cref="FlowCommandException">
    /// The DAG is unknown, inactive, or has no time schedule; the range is empty, turned round, in the future or too long; params are
    /// refused; the DAG has another that is not over.
    /// </exception>
    public async Task<BackfillProgress> CreateAsync(BackfillRequest request, Caller actor)
    {
        var (backfill, _) = Check(request, actor);
        var stored = await coordinator.ExecuteAsync(async transaction =>
        {
            if (await transaction.InsertBackfillAsync(backfill) is not { } created) return null;
            await transaction.AuditAsync(Entry(actor, "backfill", created));
            return created;
        });
        if (stored is null) throw await AnotherAsync(request.DagId);
        _ = service.TickAsync(stored.Id); // a long range of intervals that have a run is not waited for
        return await FindAsync(stored.Id);
    }

    /// <summary>The same, once: a request that was done before gets its answer again.</summary>
    /// <exception cref="FlowCommandException">As for <see cref="CreateAsync"/>; or the key belongs to another request.</exception>
    public async Task<OnceAnswer> CreateOnceAsync(BackfillRequest request, Caller actor, Once<BackfillProgress> once)
    {
        if (await store.AnswerAsync(once.Key.Key, once.Key.At - RequestKey.Kept, CancellationToken.None) is { } before)
            return OnceAnswer.Repeated(before, once.Key);
        var (backfill, _) = Check(request, actor);
        var (stored, answer, earlier) = await coordinator.ExecuteAsync<(Backfill?, string, KeptAnswer?)>(async transaction =>
        {
            if (await transaction.TakeKeyAsync(once.Key) is { } known) return (null, "", known);
            if (await transaction.InsertBackfillAsync(backfill) is not { } created)
            {
                await transaction.ReleaseKeyAsync(once.Key.Key); // what is refused may be sent again
                return (null, "", null);
            }

            var text = await once.Answer(new BackfillProgress(created, new Dictionary<RunState, int>()));
            await transaction.KeepAnswerAsync(once.Key.Key, text);
            await transaction.AuditAsync(Entry(actor, "backfill", created));
            return (created, text, null);
        });
        if (earlier is not null) return OnceAnswer.Repeated(earlier, once.Key);
        if (stored is null) throw await AnotherAsync(request.DagId);
        _ = service.TickAsync(stored.Id);
        return new OnceAnswer(answer, IsRepeated: false);
    }

    /// <summary>What a backfill would do; nothing is stored.</summary>
    /// <exception cref="FlowCommandException">As for <see cref="CreateAsync"/>.</exception>
    public async Task<BackfillPreview> PreviewAsync(BackfillRequest request, Caller actor, CancellationToken cancellation)
    {
        var (backfill, range) = Check(request, actor);
        var unfinished = await store.BackfillsAsync(new BackfillFilter(request.DagId, Unfinished: true, Count: 1), cancellation);
        if (unfinished.Count > 0) throw await AnotherAsync(request.DagId);

        var planner = new BackfillPlanner(store);
        var skipped = await planner.SkippedAsync(backfill.DagId, range, backfill.Reprocess, cancellation);
        var first = new List<DueSlot>();
        BackfillPlan? plan = null;
        do
        {
            plan = await planner.NextAsync(
                backfill.DagId, range, plan?.Position, backfill.Backwards, backfill.Reprocess, Listed - first.Count, cancellation);
            first.AddRange(plan.Slots);
        }
        while (!plan.IsEnd && first.Count < Listed && first.Count < backfill.Total - skipped);

        return new BackfillPreview(backfill, backfill.Total - skipped, skipped, first);
    }

    /// <summary>One, and how far it is.</summary>
    /// <exception cref="FlowCommandException">There is none.</exception>
    public async Task<BackfillProgress> FindAsync(long id)
    {
        var backfill = await store.LoadBackfillAsync(id, CancellationToken.None)
            ?? throw new FlowCommandException(Refusal.NotFound, $"There is no backfill {id}.");
        return new BackfillProgress(backfill, await store.BackfillRunsAsync(id, CancellationToken.None));
    }

    /// <summary>Pauses it or lets it go on. Running runs go on; queued ones wait, and none is created.</summary>
    /// <exception cref="FlowCommandException">There is none, or it is over.</exception>
    public async Task<BackfillProgress> PauseAsync(long id, bool paused, Caller actor)
    {
        var changed = await ChangeAsync(
            id, paused ? "pause backfill" : "unpause backfill", actor,
            backfill => backfill with { State = paused ? BackfillState.Paused : BackfillState.Running });
        if (!paused)
        {
            await coordinator.StartQueuedAsync(changed.DagId);
            _ = service.TickAsync(id);
        }

        return await FindAsync(id);
    }

    /// <summary>Cancels it, with its queued and running runs.</summary>
    /// <exception cref="FlowCommandException">There is none, or it is over.</exception>
    public async Task<BackfillProgress> CancelAsync(long id, Caller actor)
    {
        await ChangeAsync(
            id, "cancel backfill", actor,
            backfill => backfill with { State = BackfillState.Cancelled, EndedAt = time.GetUtcNow() });
        var runs = await store.UnfinishedRunsAsync(CancellationToken.None);
        await Task.WhenAll(runs.Where(run => run.BackfillId == id)
            .Select(run => coordinator.CancelAsync(run.Id, RunState.Cancelled, $"backfill {id} was cancelled by {actor}")));
        return await FindAsync(id);
    }

    private async Task<Backfill> ChangeAsync(long id, string action, Caller actor, Func<Backfill, Backfill> change)
    {
        while (true)
        {
            var (backfill, _) = await FindAsync(id);
            if (backfill.State.IsFinal())
                throw new FlowCommandException(Refusal.Conflict, $"Backfill {id} of '{backfill.DagId}' is over: it is {StateWord.Of(backfill.State)}.");
            var changed = change(backfill) with { Revision = backfill.Revision + 1 };
            if (changed.State == backfill.State) return backfill;
            var isStored = await coordinator.ExecuteAsync(async transaction =>
            {
                if (!await transaction.SaveBackfillAsync(changed)) return false;
                await transaction.AuditAsync(Entry(actor, action, changed));
                return true;
            });
            if (isStored) return changed; // otherwise it went on meanwhile
        }
    }

    private (Backfill Backfill, BackfillRange Range) Check(BackfillRequest request, Caller actor)
    {
        var dag = commands.Find(request.DagId);
        if (!dag.IsActive)
            throw new FlowCommandException(Refusal.Conflict, $"DAG '{dag.Id}' is no longer declared by any script. Its history is kept; restore {dag.File} to backfill it.");
        var model = dag.Version.Model;
        if (!BackfillRange.IsPossible(model))
            throw Invalid($"DAG '{dag.Id}' can't be backfilled: {model.Schedule?.Text ?? "it has no schedule"}, which gives no past intervals. Trigger it for a date instead.");

        var now = time.GetUtcNow();
        if (request.From > request.To) throw Invalid($"The range is turned round: from {TimeText.Zoned(request.From)} is later than to {TimeText.Zoned(request.To)}.");
        if (request.To > now) throw Invalid($"The range lies in the future: to {TimeText.Zoned(request.To)} is later than now, {TimeText.Zoned(now)}.");
        if (request.MaxActive is < 1 or > MostActive) throw Invalid($"At most {request.MaxActive} runs at once makes no sense: from 1 to {MostActive} do.");

        if (request.Backwards && model.Tasks.FirstOrDefault(task => task.DependsOnPast) is { } past)
            throw Invalid($"DAG '{dag.Id}' can't be backfilled backwards: task '{past.Id}' depends on its past, which would come after it. Leave out --backwards.");

        foreach (var id in request.Tasks)
            if (!TaskScope.Has(model, id)) throw Invalid($"DAG '{dag.Id}' has no task or group '{id}'.{Nearest.Hint(id, [.. model.Tasks.Select(task => task.Id), .. model.Groups.Select(group => group.Id)])}");

        var values = FlowCommands.ParamsOf(model, request.Params);
        var range = BackfillRange.Of(model, request.From, request.To, now)
            ?? throw Invalid($"No interval of '{dag.Id}' that is over begins from {TimeText.Zoned(request.From)} to {TimeText.Zoned(request.To)}: {model.Schedule!.Text}.");
        var total = range.Count(MostIntervals);
        if (total > MostIntervals)
            throw Invalid($"From {TimeText.Zoned(request.From)} to {TimeText.Zoned(request.To)} '{dag.Id}' has more than 10 million intervals. Backfill it in parts.");

        return (new Backfill
        {
            DagId = dag.Id,
            VersionId = dag.Version.Id,
            From = request.From,
            To = request.To,
            Reprocess = request.Reprocess,
            MaxActive = request.MaxActive,
            Backwards = request.Backwards,
            Params = values,
            Tasks = [.. request.Tasks.Distinct()],
            Total = total,
            CreatedBy = actor.Name,
            CreatedAt = now,
        }, range);
    }

    private async Task<FlowCommandException> AnotherAsync(string dagId)
    {
        var others = await store.BackfillsAsync(new BackfillFilter(dagId, Unfinished: true, Count: 1), CancellationToken.None);
        return new FlowCommandException(
            Refusal.Conflict,
            others is [var other, ..]
                ? $"DAG '{dagId}' has backfill {other.Id} already, which is {StateWord.Of(other.State)}. Wait for its end, or cancel it."
                : $"DAG '{dagId}' had another backfill a moment ago. Try again.");
    }

    private AuditEntry Entry(Caller actor, string action, Backfill backfill) =>
        new(time.GetUtcNow(), actor, action, $"{backfill.DagId}/{backfill.Id}", null);

    private static FlowCommandException Invalid(string message) => new(Refusal.Invalid, message);
}
