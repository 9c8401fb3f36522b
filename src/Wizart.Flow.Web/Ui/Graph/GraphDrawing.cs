using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Graph;

/// <summary>Draws DAGs: each group a drawing of its own inside of the one around it. Kept per version.</summary>
internal sealed class GraphDrawing
{
    private const int MostKept = 200;
    private const double NodeHeight = 44;
    private const double NarrowestNode = 120;
    private const double WidestNode = 260;
    private const double Letter = 7.6;
    private const double Padding = 16;
    private const double Header = 26;
    private readonly ConcurrentDictionary<(long Version, bool Down, string Folded), GraphLayout> _kept = new();

    /// <summary>The drawing of a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="isDown">From top to bottom; otherwise from left to right.</param>
    /// <param name="folded">The groups that are folded.</param>
    public GraphLayout Of(DagVersion version, bool isDown, IReadOnlySet<string> folded)
    {
        if (_kept.Count > MostKept) _kept.Clear();
        return _kept.GetOrAdd((version.Id, isDown, string.Join('\n', folded.Order(StringComparer.Ordinal))), _ => Draw(version.Model, isDown, folded));
    }

    internal static GraphLayout Draw(DagModel model, bool isDown, IReadOnlySet<string> folded)
    {
        var (root, of) = GraphTree.Build(model, folded);
        var lanes = new Dictionary<(GraphPart From, GraphPart To), List<(double Main, double Cross)>>();
        if (root.IsOpen) Measure(root, model, of, isDown, lanes);
        var nodes = new List<GraphNode>();
        var boxes = new List<GraphBox>();
        Collect(root, isDown, nodes, boxes);
        var (width, height) = isDown ? (root.Cross, root.Main) : (root.Main, root.Cross);
        return new GraphLayout(width, height, nodes, boxes, Edges(model, of, isDown, lanes));
    }

    private static void Measure(
        GraphPart part, DagModel model, GraphPart[] of, bool isDown, Dictionary<(GraphPart From, GraphPart To), List<(double Main, double Cross)>> lanes)
    {
        if (!part.IsOpen)
        {
            var width = Math.Clamp((part.Words.Length * Letter) + 54, NarrowestNode, WidestNode);
            (part.Main, part.Cross) = isDown ? (NodeHeight, width) : (width, NodeHeight);
            return;
        }

        foreach (var inner in part.Inside) Measure(inner, model, of, isDown, lanes);
        var places = part.Inside.Select((inner, i) => (inner, i)).ToDictionary(p => p.inner, p => p.i);
        var edges = new HashSet<(int From, int To)>();
        foreach (var task in model.Tasks)
            foreach (var upstream in task.Upstream)
                if (ChildOf(part, of[upstream]) is { } from && ChildOf(part, of[task.Index]) is { } to && from != to)
                    edges.Add((places[from], places[to]));
        var (main, cross, ways) = GraphLayers.Place(part.Inside, edges);
        foreach (var (edge, way) in ways) lanes[(part.Inside[edge.From], part.Inside[edge.To])] = way;
        var isRoot = part.Around is null;
        (part.InsetMain, part.InsetCross) = isRoot ? (0, 0) : isDown ? (Header, Padding) : (Padding, Header);
        (part.Main, part.Cross) = isRoot ? (main, cross) : isDown ? (main + Header + Padding, cross + (2 * Padding)) : (main + (2 * Padding), cross + Header + Padding);
    }

    /// <summary>What of a part's inside another part is, or is in; null when it is not in it.</summary>
    private static GraphPart? ChildOf(GraphPart part, GraphPart inner)
    {
        for (var at = inner; at is not null; at = at.Around)
            if (at.Around == part) return at;
        return null;
    }

    private static void Collect(GraphPart part, bool isDown, List<GraphNode> nodes, List<GraphBox> boxes)
    {
        foreach (var inner in part.Inside)
        {
            var (main, cross) = inner.Corner;
            var (x, y, width, height) = isDown ? (cross, main, inner.Cross, inner.Main) : (main, cross, inner.Main, inner.Cross);
            if (!inner.IsOpen)
            {
                nodes.Add(new GraphNode(inner.Id, inner.Words, inner.Tasks, inner.IsGroup, x, y, width, height));
                continue;
            }

            boxes.Add(new GraphBox(inner.Id, inner.Words, inner.Depth, x, y, width, height));
            Collect(inner, isDown, nodes, boxes);
        }
    }

    private static List<GraphEdge> Edges(
        DagModel model, GraphPart[] of, bool isDown, Dictionary<(GraphPart From, GraphPart To), List<(double Main, double Cross)>> lanes)
    {
        var edges = new Dictionary<(GraphPart, GraphPart), GraphEdge>();
        foreach (var task in model.Tasks)
            foreach (var upstream in task.Upstream)
            {
                var (from, to) = (of[upstream], of[task.Index]);
                if (from == to) continue;
                var isOrder = task.After.Contains(upstream);
                if (edges.TryGetValue((from, to), out var known) && !(known.IsOrder && !isOrder)) continue;
                edges[(from, to)] = new GraphEdge(from.Id, to.Id, Way(from, to, isDown, lanes), isOrder);
            }

        return [.. edges.Values];
    }

    // Out of the boxes around the one, along the lane between them, into the boxes around the other.
    private static string Way(GraphPart from, GraphPart to, bool isDown, Dictionary<(GraphPart From, GraphPart To), List<(double Main, double Cross)>> lanes)
    {
        var common = from.Around;
        while (common is not null && ChildOf(common, to) is null) common = common.Around;
        var (outer, inner) = (ChildOf(common!, from)!, ChildOf(common!, to)!);
        var points = new List<(double Main, double Cross)> { End(from, from.Main) };
        for (var at = from.Around; at != common && at is not null; at = at.Around) points.Add((at.Corner.Main + at.Main, points[^1].Cross));
        if (lanes.TryGetValue((outer, inner), out var lane))
        {
            var (main, cross) = common!.Around is null ? (0.0, 0.0) : (common.Corner.Main + common.InsetMain, common.Corner.Cross + common.InsetCross);
            points.AddRange(lane.Select(p => (p.Main + main, p.Cross + cross)));
        }

        var entries = new List<(double Main, double Cross)>();
        var end = End(to, 0);
        for (var at = to.Around; at != common && at is not null; at = at.Around) entries.Add((at.Corner.Main, end.Cross));
        entries.Reverse();
        points.AddRange(entries);
        points.Add(end);
        return Curve(points, isDown);

        static (double Main, double Cross) End(GraphPart part, double along) => (part.Corner.Main + along, part.Corner.Cross + (part.Cross / 2));
    }

    private static string Curve(List<(double Main, double Cross)> points, bool isDown)
    {
        var path = new StringBuilder("M").Append(Point(points[0]));
        for (var i = 1; i < points.Count; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            var bend = Math.Max(Math.Abs(b.Main - a.Main) / 2, a.Main > b.Main ? 40 : 0);
            path.Append('C').Append(Point((a.Main + bend, a.Cross))).Append(' ').Append(Point((b.Main - bend, b.Cross))).Append(' ').Append(Point(b));
        }

        return path.ToString();

        string Point((double Main, double Cross) p) => isDown
            ? string.Create(CultureInfo.InvariantCulture, $"{p.Cross:0.#} {p.Main:0.#}")
            : string.Create(CultureInfo.InvariantCulture, $"{p.Main:0.#} {p.Cross:0.#}");
    }
}
