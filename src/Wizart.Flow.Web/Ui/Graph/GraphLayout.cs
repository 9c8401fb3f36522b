namespace Wizart.Flow.Web.Ui.Graph;

/// <summary>A DAG as a drawing: where everything stands. Lengths are pixels at full size.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Nodes">Tasks, and groups that are folded.</param>
/// <param name="Boxes">Groups that are open, those around others first.</param>
/// <param name="Edges">What waits for what.</param>
public sealed record GraphLayout(
    double Width, double Height, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphBox> Boxes, IReadOnlyList<GraphEdge> Edges);

/// <summary>A task, or a group that is folded.</summary>
/// <param name="Id">The id of the task or group.</param>
/// <param name="Words">What it is called inside of its group.</param>
/// <param name="Tasks">The tasks it stands for, by their places in the model.</param>
/// <param name="IsGroup">Whether it is a group.</param>
public sealed record GraphNode(string Id, string Words, IReadOnlyList<int> Tasks, bool IsGroup, double X, double Y, double Width, double Height);

/// <summary>A group that is open.</summary>
public sealed record GraphBox(string Id, string Words, int Depth, double X, double Y, double Width, double Height);

/// <summary>A line between two nodes.</summary>
/// <param name="From">The id of the node that is waited for.</param>
/// <param name="To">The id of the node that waits.</param>
/// <param name="Path">The line, as SVG draws it.</param>
/// <param name="IsOrder">Whether it gives order only, no data.</param>
public sealed record GraphEdge(string From, string To, string Path, bool IsOrder);
