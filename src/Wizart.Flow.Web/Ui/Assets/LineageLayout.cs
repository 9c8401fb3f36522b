using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Assets;

/// <summary>
/// Draws the neighbours of an asset: what its makers take, its makers, the asset, who follows or takes it, and what those make.
/// </summary>
internal static class LineageLayout
{
    private const int Most = 10;
    private const int Gap = 16;
    private const int Between = 64;

    /// <param name="uri">The asset.</param>
    /// <param name="dags">The active DAGs.</param>
    /// <param name="ids">The numbers of all assets by uri.</param>
    public static Lineage Of(string uri, IReadOnlyList<DagModel> dags, IReadOnlyDictionary<string, long> ids)
    {
        var makers = dags.Where(d => Made(d).Contains(uri)).ToArray();
        var takers = dags.Where(d => Taken(d).Contains(uri)).ToArray();
        LineageNode[][] columns =
        [
            Assets("in:", makers.SelectMany(Taken), uri, ids),
            Some([.. makers.Select(d => new LineageNode("make:" + d.Id, LineageKind.Dag, d.Id, TasksThatMake(d, uri), Links.Dag(d.Id)))], "make:"),
            [new LineageNode(uri, LineageKind.This, uri, "this asset", null)],
            Some([.. takers.Select(d => new LineageNode("take:" + d.Id, LineageKind.Dag, d.Id, Use(d, uri), Links.Dag(d.Id)))], "take:"),
            Assets("out:", takers.SelectMany(Made), uri, ids),
        ];
        var placed = Place(columns);
        var nodes = placed.ToDictionary(n => n.Key, StringComparer.Ordinal);
        var edges = new List<LineageEdge>();
        foreach (var maker in makers)
        {
            Join("make:" + maker.Id, uri);
            foreach (var taken in Taken(maker).Distinct()) Join("in:" + taken, "make:" + maker.Id);
        }

        foreach (var taker in takers)
        {
            Join(uri, "take:" + taker.Id);
            foreach (var made in Made(taker).Distinct()) Join("take:" + taker.Id, "out:" + made);
        }

        return new Lineage(placed, edges, placed.Max(n => n.X) + Lineage.NodeWidth + 2, placed.Max(n => n.Y) + Lineage.NodeHeight + 2);

        void Join(string from, string to)
        {
            if (nodes.TryGetValue(from, out var left) && nodes.TryGetValue(to, out var right)) edges.Add(new LineageEdge(left, right));
        }
    }

    private static IEnumerable<string> Made(DagModel dag) => dag.Tasks.SelectMany(t => t.Into).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Taken(DagModel dag) =>
        (dag.AssetSchedule?.Assets.Uris ?? []).Concat(dag.Tasks.SelectMany(TakenBy)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> TakenBy(TaskModel task) =>
        task.Inputs.Where(i => i.Kind == InputKind.Asset).Select(i => i.Name).Concat(task.Wait is { Kind: WaitKind.Asset, Asset: { } waited } ? [waited] : []);

    private static string TasksThatMake(DagModel dag, string uri) => Words("made by", dag.Tasks.Where(t => t.Into.Contains(uri)));

    private static string Use(DagModel dag, string uri)
    {
        if (dag.AssetSchedule?.Assets.Uris.Contains(uri) == true) return dag.AssetSchedule.StartsRuns ? "started by updates" : "its clock waits for it";
        return Words("taken by", dag.Tasks.Where(t => TakenBy(t).Contains(uri)));
    }

    private static string Words(string verb, IEnumerable<TaskModel> tasks)
    {
        var ids = tasks.Select(t => t.Id).ToArray();
        return ids.Length switch { 0 => "", 1 => $"{verb} {ids[0]}", _ => $"{verb} {ids.Length} tasks" };
    }

    private static LineageNode[] Assets(string key, IEnumerable<string> uris, string uri, IReadOnlyDictionary<string, long> ids) =>
        Some(
            [
                .. uris.Where(u => u != uri).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .Select(u => new LineageNode(key + u, LineageKind.Asset, u, "asset", ids.TryGetValue(u, out var id) ? $"assets/{id}" : null)),
            ],
            key);

    private static LineageNode[] Some(LineageNode[] nodes, string key) =>
        nodes.Length <= Most ? nodes : [.. nodes.Take(Most - 1), new LineageNode(key + "…", LineageKind.More, $"and {nodes.Length - Most + 1} more", "", null)];

    // Each column in the middle of the height; empty ones take no room.
    private static List<LineageNode> Place(LineageNode[][] columns)
    {
        var height = columns.Max(c => c.Length * (Lineage.NodeHeight + Gap)) - Gap;
        var (placed, x) = (new List<LineageNode>(), 1);
        foreach (var column in columns.Where(c => c.Length > 0))
        {
            var y = 1 + (height - (column.Length * (Lineage.NodeHeight + Gap) - Gap)) / 2;
            placed.AddRange(column.Select((node, row) => node with { X = x, Y = y + row * (Lineage.NodeHeight + Gap) }));
            x += Lineage.NodeWidth + Between;
        }

        return placed;
    }
}
