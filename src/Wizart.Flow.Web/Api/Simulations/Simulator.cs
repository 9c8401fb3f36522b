using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Simulations;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>Simulates for callers: one at a time, for so long and so many runs only, because it takes a core while it lasts.</summary>
internal sealed class Simulator(TimeProvider time) : IDisposable
{
    private const int MostRuns = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The DAGs as they are now, those that are named or all; paused ones start nothing.</summary>
    public static IReadOnlyList<DagModel> Dags(FlowEngine engine, IReadOnlyCollection<string> ids)
    {
        var dags = ids.Count == 0 ? engine.Catalog.All.Where(dag => dag.IsActive) : ids.Distinct(StringComparer.Ordinal).Select(engine.Commands.Find);
        return [.. dags.OrderBy(dag => dag.Id, StringComparer.Ordinal).Select(dag => dag.Version.Model with { Paused = dag.IsPaused })];
    }

    /// <exception cref="ApiProblem">It takes too long.</exception>
    public async Task<SimulationResult> RunAsync(SimulationOptions options, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            using var limit = new CancellationTokenSource(Longest, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            return await Task.Run(() => FlowSimulation.RunAsync(options with { MostRuns = MostRuns }, either.Token), either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ApiProblem.Invalid($"The simulation takes longer than {Longest.TotalSeconds:0} s. Simulate a shorter time, or fewer DAGs; 'flow simulate' has no limit.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
