using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Ui.Runs;

namespace Wizart.Flow.Web.Ui.Tasks;

/// <summary>Makes what the page of a task instance shows.</summary>
internal sealed class TaskBoard(FlowEngine engine, IFlowQueries queries, RunBoard board, RunViews runs, InputViews inputs)
{
    private const int ElementsAtOnce = 100;
    private const int MostMeasures = 200;

    /// <summary>What is asked for.</summary>
    /// <param name="Run">The run, as the path has it.</param>
    /// <param name="Task">The task, as the path has it.</param>
    /// <param name="Element">The element of a mapped task; -1 for none.</param>
    /// <param name="Attempt">Which attempt; null for the newest.</param>
    /// <param name="ElementState">Elements in this state only.</param>
    /// <param name="After">Elements after this one only.</param>
    public sealed record Query(string Run, string Task, int Element, int? Attempt, TaskState? ElementState, int After);

    public async Task<TaskPageModel> LoadAsync(Query query, CancellationToken cancellation)
    {
        var (run, task) = await runs.FindTaskAsync(query.Run, query.Task, cancellation);
        var head = await board.HeadAsync(query.Run, cancellation);
        var view = await queries.TaskAsync(run.Id, task.Index, query.Element, cancellation);
        if (view is null && query.Element >= 0) throw ApiProblem.NotFound($"Task '{task.Id}' of run {run.Id} has no element {query.Element}.");
        var attempts = await queries.AttemptsAsync(run.Id, task.Index, query.Element, cancellation);
        var newest = Math.Max(view?.Instance.Attempt ?? 0, attempts.Count > 0 ? attempts[^1].Number : 0);
        var shown = query.Attempt is { } asked && asked <= newest ? asked : newest;
        var whys = run.State == RunState.Running ? await engine.Why.OfAsync(run.Id, cancellation) : [];
        return new TaskPageModel
        {
            Head = head,
            Task = task,
            Element = query.Element,
            View = view,
            Attempts = attempts,
            Shown = shown,
            Why = whys.FirstOrDefault(w => w.TaskId == task.Id && w.MapIndex == query.Element)?.Reason ?? view?.Instance.Reason,
            Inputs = await inputs.OfAsync(run, head.Model, task, view, cancellation),
            Output = await queries.OutputAsync(run.Id, task.Index, query.Element, cancellation),
            Artifacts = [.. (await queries.ArtifactsAsync(run.Id, cancellation)).Where(k => k.Key.TaskIndex == task.Index && k.Key.MapIndex == query.Element)],
            Measures = await queries.RunPointsAsync(run.Id, (task.Index, query.Element), MostMeasures, cancellation),
            Elements = await ElementsAsync(run.Id, task.Index, query, cancellation),
            Code = CodeExcerpt.Of(head.Version, attempts.FirstOrDefault(a => a.Number == shown)?.Error?.Location),
            Note = (await queries.NotesAsync(run.Id, cancellation)).FirstOrDefault(n => n.TaskId == task.Id && n.MapIndex == query.Element),
        };
    }

    private async Task<ElementPage> ElementsAsync(long runId, int task, Query query, CancellationToken cancellation)
    {
        if (query.Element >= 0) return new ElementPage([], null, [], null);
        var tallies = (await queries.ElementCountsAsync(runId, cancellation)).Where(t => t.TaskIndex == task).ToArray();
        if (tallies.Length == 0) return new ElementPage([], null, [], null);
        var page = await queries.ElementsAsync(
            new ElementFilter(runId, task, query.After, ElementsAtOnce + 1) { States = query.ElementState is { } state ? [state] : [] }, cancellation);
        return new ElementPage(
            [.. page.Take(ElementsAtOnce)], query.ElementState, tallies,
            page.Count > ElementsAtOnce ? page[ElementsAtOnce - 1].Instance.MapIndex : null);
    }
}
