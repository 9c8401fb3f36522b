using CsCheck;
using Wizart.Flow.Web.Ui.Graph;

namespace Wizart.Flow.Web.Tests.Ui.Graph;

public sealed class GraphDrawingTests
{
    private static readonly HashSet<string> None = [];

    [Fact]
    public void Every_task_is_drawn_once_and_nothing_lies_upon_another() => RandomModels.Any.Select(Gen.Bool).Sample((model, down) =>
    {
        var layout = GraphDrawing.Draw(model, down, None);
        Assert.Equal(model.Tasks.Select(t => t.Id).Order(), layout.Nodes.Select(n => n.Id).Order());
        foreach (var (one, other) in Pairs(layout.Nodes)) Assert.False(Overlap(Of(one), Of(other)), $"{one.Id} and {other.Id}");
        foreach (var node in layout.Nodes) Assert.True(Within(Of(node), new Box(0, 0, layout.Width, layout.Height)), $"{node.Id} is outside of the drawing");
    });

    [Fact]
    public void Without_groups_every_edge_goes_forward() => RandomModels.Any.Select(Gen.Bool).Sample((model, down) =>
    {
        var plain = model with { Groups = [], Tasks = [.. model.Tasks.Select(t => t with { Group = null })] };
        var layout = GraphDrawing.Draw(plain, down, None);
        var nodes = layout.Nodes.ToDictionary(n => n.Id);
        foreach (var edge in layout.Edges)
        {
            var (from, to) = (nodes[edge.From], nodes[edge.To]);
            Assert.True(down ? from.Y + from.Height <= to.Y : from.X + from.Width <= to.X, $"{edge.From} → {edge.To}");
        }
    });

    [Fact]
    public void There_is_an_edge_for_each_wait_and_no_other() => RandomModels.Any.Sample(model =>
    {
        var layout = GraphDrawing.Draw(model, false, None);
        var waits = model.Tasks.SelectMany(t => t.Upstream.Select(u => (model.Tasks[u].Id, t.Id))).ToHashSet();
        Assert.Equal(waits.Order(), layout.Edges.Select(e => (e.From, e.To)).Order());
    });

    [Fact]
    public void The_box_of_a_group_holds_its_tasks_and_no_other() => RandomModels.Any.Select(Gen.Bool).Sample((model, down) =>
    {
        var layout = GraphDrawing.Draw(model, down, None);
        foreach (var box in layout.Boxes)
            foreach (var node in layout.Nodes)
            {
                if (node.Id.StartsWith(box.Id + ".", StringComparison.Ordinal)) Assert.True(Within(Of(node), Of(box)), $"{node.Id} is outside of {box.Id}");
                else Assert.False(Overlap(Of(node), Of(box)), $"{node.Id} is in {box.Id}");
            }

        foreach (var (one, other) in Pairs(layout.Boxes))
            if (other.Id.StartsWith(one.Id + ".", StringComparison.Ordinal)) Assert.True(Within(Of(other), Of(one)), $"{other.Id} is outside of {one.Id}");
            else if (!one.Id.StartsWith(other.Id + ".", StringComparison.Ordinal)) Assert.False(Overlap(Of(one), Of(other)), $"{one.Id} and {other.Id}");
    });

    [Fact]
    public void A_folded_group_is_one_node_that_stands_for_all_that_is_in_it() => RandomModels.Any.Where(m => m.Groups.Count > 0).Sample(model =>
    {
        var group = model.Groups[0].Id;
        var inside = model.Tasks.Where(t => t.Id.StartsWith(group + ".", StringComparison.Ordinal)).Select(t => t.Index).ToArray();
        var layout = GraphDrawing.Draw(model, false, new HashSet<string> { group });
        Assert.DoesNotContain(layout.Nodes, n => n.Id.StartsWith(group + ".", StringComparison.Ordinal));
        Assert.DoesNotContain(layout.Boxes, b => b.Id == group || b.Id.StartsWith(group + ".", StringComparison.Ordinal));
        Assert.DoesNotContain(layout.Edges, e => e.From == e.To);
        if (inside.Length == 0) return;
        Assert.Equal(inside, layout.Nodes.Single(n => n.Id == group).Tasks);
        var outside = model.Tasks.Where(t => !inside.Contains(t.Index) && t.Upstream.Any(inside.Contains)).Select(t => t.Id).Order();
        Assert.Equal(outside, layout.Edges.Where(e => e.From == group).Select(e => e.To).Order());
    });

    [Fact]
    public void The_same_dag_gives_the_same_drawing() => RandomModels.Any.Select(Gen.Bool).Sample((model, down) =>
    {
        var (one, other) = (GraphDrawing.Draw(model, down, None), GraphDrawing.Draw(model, down, None));
        Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
        Assert.Equal(one.Nodes.Select(n => (n.Id, Of(n))), other.Nodes.Select(n => (n.Id, Of(n))));
        Assert.Equal(one.Boxes.Select(Of), other.Boxes.Select(Of));
        Assert.Equal(one.Edges, other.Edges);
    });

    [Theory]
    [InlineData(25, 20)]
    [InlineData(500, 1)]
    [InlineData(1, 500)]
    [InlineData(2, 250)]
    public void Five_hundred_tasks_are_drawn_whatever_their_shape(int layers, int width)
    {
        var model = RandomModels.Layers(layers, width);
        var layout = GraphDrawing.Draw(model, false, None);
        Assert.Equal(500, layout.Nodes.Count);
        Assert.Equal(layers, layout.Nodes.Select(n => n.X).Distinct().Count());
        foreach (var (one, other) in Pairs(layout.Nodes)) Assert.False(Overlap(Of(one), Of(other)));
    }

    private static IEnumerable<(T, T)> Pairs<T>(IReadOnlyList<T> all) => from i in Enumerable.Range(0, all.Count) from j in Enumerable.Range(i + 1, all.Count - i - 1) select (all[i], all[j]);

    private static Box Of(GraphNode node) => new(node.X, node.Y, node.Width, node.Height);

    private static Box Of(GraphBox box) => new(box.X, box.Y, box.Width, box.Height);

    private static bool Overlap(Box a, Box b) => a.X < b.X + b.Width - Slack && b.X < a.X + a.Width - Slack && a.Y < b.Y + b.Height - Slack && b.Y < a.Y + a.Height - Slack;

    private static bool Within(Box inner, Box outer) =>
        inner.X >= outer.X - Slack && inner.Y >= outer.Y - Slack && inner.X + inner.Width <= outer.X + outer.Width + Slack && inner.Y + inner.Height <= outer.Y + outer.Height + Slack;

    private const double Slack = 0.01;

    private sealed record Box(double X, double Y, double Width, double Height);
}
