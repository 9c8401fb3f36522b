using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Assets;

/// <summary>What is to be said of assets when all scripts are looked at together.</summary>
public static class AssetRules
{
    /// <summary>Assets of two types, assets that nobody makes, and loops.</summary>
    /// <param name="dags">The DAGs of all scripts.</param>
    public static IReadOnlyList<Diagnostic> Check(IReadOnlyList<DagModel> dags)
    {
        var graph = new AssetGraph(dags);
        return [.. CheckTypes(dags), .. CheckMakers(dags, graph), .. CheckLoops(dags, graph)];
    }

    /// <summary>An asset that DAGs declare with another type than the first of them.</summary>
    public static IEnumerable<Diagnostic> CheckTypes(IReadOnlyList<DagModel> dags)
    {
        var declared = dags.SelectMany(d => d.Assets.Select(asset => (Dag: d, Asset: asset)));
        foreach (var same in declared.GroupBy(d => d.Asset.Uri, StringComparer.Ordinal))
        {
            var first = same.First();
            foreach (var (dag, asset) in same.Where(d => d.Asset.Type != first.Asset.Type))
            {
                // Within one script it is told while the script is declared.
                if (dag.Location is { } here && here.File == first.Dag.Location?.File) continue;
                yield return new Diagnostic(
                    FlowCodes.AssetTypes,
                    $"Asset '{asset.Uri}' is {Spell(asset)} in DAG '{dag.Id}' and {Spell(first.Asset)} in DAG '{first.Dag.Id}'. Give it one type, in a file that both #load.",
                    asset.Location ?? dag.Location);
            }
        }
    }

    private static IEnumerable<Diagnostic> CheckMakers(IReadOnlyList<DagModel> dags, AssetGraph graph)
    {
        foreach (var dag in dags)
            foreach (var asset in dag.Assets)
            {
                if (graph.MakersOf(asset.Uri).Count > 0) continue;
                yield return new Diagnostic(
                    FlowCodes.NobodyMakes,
                    $"No task makes asset '{asset.Uri}', which DAG '{dag.Id}' {(graph.FollowersOf(asset.Uri).Contains(dag.Id) ? "follows" : "takes")}. "
                    + "Add .Into(asset) to the task that does; if updates come by API or 'flow assets update', all is well.",
                    asset.Location ?? dag.Location,
                    DiagnosticSeverity.Warning);
            }
    }

    private static IEnumerable<Diagnostic> CheckLoops(IReadOnlyList<DagModel> dags, AssetGraph graph)
    {
        foreach (var loop in graph.Loops())
        {
            var where = dags.First(d => d.Id == loop[0]).Location;
            yield return new Diagnostic(
                FlowCodes.AssetLoop,
                loop.Count == 1
                    ? $"DAG '{loop[0]}' follows an asset that it updates itself: each of its runs starts the next, without an end, unless the task that updates is skipped or fails."
                    : $"DAGs {string.Join(", ", loop.Select(id => $"'{id}'"))} start each other through assets, without an end, unless a task that updates is skipped or fails.",
                where,
                DiagnosticSeverity.Warning);
        }
    }

    private static string Spell(AssetModel asset) => asset.Type is { } type ? $"Asset<{type}>" : "an Asset without a value";
}
