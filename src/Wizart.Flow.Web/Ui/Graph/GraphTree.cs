using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Graph;

/// <summary>Something that has a place in a drawing: a task, a folded group, or an open group with its own drawing inside.</summary>
internal sealed class GraphPart
{
    public required string Id { get; init; }

    public required string Words { get; init; }

    public required int Depth { get; init; }

    public GraphPart? Around { get; init; }

    /// <summary>What is in it; empty for a task and for a folded group.</summary>
    public List<GraphPart> Inside { get; } = [];

    public List<int> Tasks { get; } = [];

    public bool IsGroup { get; init; }

    public bool IsOpen => Inside.Count > 0;

    /// <summary>Its size along the direction of the graph, and across it.</summary>
    public double Main { get; set; }

    public double Cross { get; set; }

    /// <summary>Its corner in the drawing around it.</summary>
    public double MainAt { get; set; }

    public double CrossAt { get; set; }

    /// <summary>Its corner in the whole drawing.</summary>
    public (double Main, double Cross) Corner => Around is { } around
        ? (around.Corner.Main + around.InsetMain + MainAt, around.Corner.Cross + around.InsetCross + CrossAt)
        : (MainAt, CrossAt);

    /// <summary>How far in its own drawing begins: room for its name.</summary>
    public double InsetMain { get; set; }

    public double InsetCross { get; set; }
}

/// <summary>Makes parts of a model's tasks and groups.</summary>
internal static class GraphTree
{
    /// <summary>The root, which has everything in it, and the part that stands for each task.</summary>
    public static (GraphPart Root, GraphPart[] Of) Build(DagModel model, IReadOnlySet<string> folded)
    {
        var root = new GraphPart { Id = "", Words = "", Depth = -1, IsGroup = true };
        var groups = new GraphPart?[model.Groups.Count];
        var of = new GraphPart[model.Tasks.Count];
        foreach (var task in model.Tasks)
        {
            var around = task.Group is { } group ? Group(group) : root;
            if (around.IsGroup && around != root && FoldedAround(around) is { } one)
            {
                of[task.Index] = one;
            }
            else
            {
                of[task.Index] = new GraphPart { Id = task.Id, Words = Short(task.Id, task.Group), Depth = around.Depth + 1, Around = around };
                around.Inside.Add(of[task.Index]);
            }

            of[task.Index].Tasks.Add(task.Index);
        }

        return (root, of);

        GraphPart Group(int index)
        {
            if (groups[index] is { } known) return known;
            var declared = model.Groups[index];
            var around = declared.Parent is { } parent ? Group(parent) : root;
            var part = groups[index] = new GraphPart { Id = declared.Id, Words = Short(declared.Id, declared.Parent), Depth = around.Depth + 1, Around = around, IsGroup = true };
            if (FoldedAround(around) is null) around.Inside.Add(part);
            return part;
        }

        GraphPart? FoldedAround(GraphPart part)
        {
            GraphPart? outer = null;
            for (var at = part; at is not null && at != root; at = at.Around)
                if (folded.Contains(at.Id)) outer = at;
            return outer;
        }
    }

    private static string Short(string id, int? group) => group is null ? id : id[(id.LastIndexOf('.') + 1)..];
}
