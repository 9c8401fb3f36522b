using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Simulations;

/// <summary>The runs that a simulation has seen created.</summary>
internal sealed class SimulatedRuns(InMemoryFlowStore store, IReadOnlyList<DagModel> dags, int most)
{
    private const int Page = 1_000;
    private const int KeptInStore = 200;
    private readonly List<SimulatedRun> _runs = [];
    private readonly Dictionary<long, int> _waiting = [];
    private readonly Dictionary<string, TimeZoneInfo> _zones = dags.ToDictionary(d => d.Id, d => d.Zone, StringComparer.Ordinal);
    private long _last;
    private int _sinceRemoval;

    /// <summary>All so far.</summary>
    public IReadOnlyList<SimulatedRun> All => _runs;

    /// <summary>Runs that are there already are none of the simulation's.</summary>
    public async Task SkipAsync()
    {
        if (await store.Queries.RunsAsync(new RunFilter(Count: 1), CancellationToken.None) is [var newest, ..]) _last = newest.Id;
    }

    /// <summary>Takes up the runs that were created since the last time.</summary>
    public async Task CollectAsync(Func<DagRun, SimulatedCause> cause)
    {
        foreach (var id in _waiting.Keys.ToArray())
            if (await store.Queries.RunAsync(id, CancellationToken.None) is { StartedAt: { } started } run)
            {
                _runs[_waiting[id]] = _runs[_waiting[id]] with { StartedAt = Local(run, started) };
                _waiting.Remove(id);
            }

        foreach (var run in await NewAsync()) Add(run, cause(run));
        if (_runs.Count > most)
            throw new FlowCommandException(Refusal.Invalid, $"There are more than {most} runs. Simulate a shorter time, or fewer DAGs.");
        if (_sinceRemoval < KeptInStore) return;

        // What has ended plays no part any more, and a store in memory is quick while it holds little.
        _sinceRemoval = 0;
        await store.Retention.RemoveRunsAsync(DateTimeOffset.MaxValue, int.MaxValue, CancellationToken.None);
    }

    private async Task<IReadOnlyList<DagRun>> NewAsync()
    {
        var found = new List<DagRun>();
        long? before = null;
        while (true)
        {
            var page = await store.Queries.RunsAsync(new RunFilter(BeforeId: before, Count: Page), CancellationToken.None);
            found.AddRange(page.TakeWhile(run => run.Id > _last));
            if (page.Count < Page || page[^1].Id <= _last) break;
            before = page[^1].Id;
        }

        if (found.Count > 0) _last = found[0].Id;
        found.Reverse();
        return found;
    }

    private void Add(DagRun run, SimulatedCause cause)
    {
        _sinceRemoval++;
        if (run.StartedAt is null) _waiting[run.Id] = _runs.Count;
        _runs.Add(new SimulatedRun(
            run.DagId, run.Kind, run.LogicalDate, run.Interval, Local(run, run.QueuedAt),
            run.StartedAt is { } started ? Local(run, started) : null, cause));
    }

    private DateTimeOffset Local(DagRun run, DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zones[run.DagId]);
}
