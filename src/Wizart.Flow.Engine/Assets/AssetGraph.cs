using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Assets;

/// <summary>Who makes, follows and takes assets, among some DAGs.</summary>
public sealed class AssetGraph(IReadOnlyList<DagModel> dags)
{
    /// <summary>The uris that any of the DAGs names, in their order.</summary>
    public IReadOnlyList<string> Uris { get; } =
        [.. dags.SelectMany(d => d.Assets).Select(a => a.Uri).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The tasks that update an asset, as <c>dag/task</c>.</summary>
    public IReadOnlyList<string> MakersOf(string uri) =>
        [.. from dag in dags from task in dag.Tasks where task.Into.Contains(uri) select $"{dag.Id}/{task.Id}"];

    /// <summary>The DAGs whose schedules name an asset.</summary>
    public IReadOnlyList<string> FollowersOf(string uri) =>
        [.. dags.Where(d => d.AssetSchedule?.Assets.Uris.Contains(uri, StringComparer.Ordinal) == true).Select(d => d.Id)];

    /// <summary>The tasks that take an asset's value, as <c>dag/task</c>.</summary>
    public IReadOnlyList<string> TakersOf(string uri) =>
        [.. from dag in dags from task in dag.Tasks where task.Inputs.Any(i => i.Kind == InputKind.Asset && i.Name == uri) select $"{dag.Id}/{task.Id}"];

    /// <summary>The asset as it is declared; the declaration with a type, where one has it.</summary>
    public AssetModel? Find(string uri)
    {
        AssetModel? found = null;
        foreach (var asset in dags.SelectMany(d => d.Assets))
        {
            if (asset.Uri != uri) continue;
            if (found is null || (found.Type is null && asset.Type is not null)) found = asset;
        }

        return found;
    }

    /// <summary>
    /// DAGs whose runs start each other without an end, by updates alone: each list is one loop, a DAG that starts itself
    /// included. A DAG whose clock waits for assets is in none, for the clock makes it stop; nor one that waits for a further
    /// asset, which nobody in the loop makes.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Loops()
    {
        var left = dags.Where(d => d.AssetSchedule is { StartsRuns: true }).ToList();
        while (left.RemoveAll(d => !d.AssetSchedule!.Assets.Holds(uri => left.Exists(maker => Makes(maker, uri)))) > 0)
        {
            // What is left is kept going by what is left.
        }

        var loops = new List<IReadOnlyList<string>>();
        while (left.Count > 0)
        {
            var first = left[0];
            var loop = left.Where(d => Reaches(left, first, d) && Reaches(left, d, first)).ToList();
            if (loop.Count > 0) loops.Add([.. loop.Select(d => d.Id)]);
            left.RemoveAll(d => d == first || loop.Contains(d));
        }

        return loops;
    }

    private static bool Makes(DagModel dag, string uri) => dag.Tasks.Any(t => t.Into.Contains(uri, StringComparer.Ordinal));

    private static bool Reaches(List<DagModel> among, DagModel from, DagModel to)
    {
        var seen = new HashSet<DagModel>(ReferenceEqualityComparer.Instance);
        var ahead = new Stack<DagModel>([from]);
        while (ahead.TryPop(out var dag))
            foreach (var next in among.Where(d => d.AssetSchedule!.Assets.Uris.Any(uri => Makes(dag, uri))))
            {
                if (ReferenceEquals(next, to)) return true;
                if (seen.Add(next)) ahead.Push(next);
            }

        return false;
    }
}
