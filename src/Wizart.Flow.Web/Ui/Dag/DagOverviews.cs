using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Web.Ui.Dag;

/// <summary>Makes overviews of DAGs.</summary>
internal sealed class DagOverviews(IFlowQueries queries, DagHeads heads, TimeProvider time)
{
    private const int Latest = 60;
    private const int MostFailures = 5;
    private const int LogLines = 6;
    private const int NextRuns = 5;

    public async Task<DagOverviewModel> LoadAsync(string dagId, CancellationToken cancellation)
    {
        var head = await heads.FindAsync(dagId, cancellation);
        var runs = await queries.RunsAsync(new RunFilter(dagId, Count: Latest), cancellation);
        var failed = runs.Where(r => r.State == RunState.Failed).ToDictionary(r => r.Id);
        var failures = new List<RecentFailure>();
        // A mapped task has failed because elements did: those say why.
        var told = (await queries.FailuresAsync([.. failed.Keys], 2 * MostFailures, cancellation)).Where(f => f.View.Instance.Elements is null);
        foreach (var failure in told.Take(MostFailures))
            failures.Add(new RecentFailure(failed[failure.RunId], failure, await LogAsync(failure, cancellation)));
        var next = head.Dag is { IsActive: true, IsPaused: false }
            ? UpcomingSlots.After(head.Dag.Version.Model, head.Dag.ActiveSince, time.GetUtcNow()).Take(NextRuns).ToArray()
            : [];
        return new DagOverviewModel(head, [.. runs.Reverse()], failures, next);
    }

    private async Task<IReadOnlyList<NumberedLogLine>> LogAsync(FailedInstance failure, CancellationToken cancellation)
    {
        var instance = failure.View.Instance;
        var key = new AttemptKey(failure.RunId, instance.TaskIndex, instance.MapIndex, instance.Attempt);
        var length = await queries.LogLengthAsync(key, cancellation);
        return length == 0 ? [] : await queries.LogAsync(key, Math.Max(1, length - LogLines + 1), LogLines, cancellation);
    }
}
