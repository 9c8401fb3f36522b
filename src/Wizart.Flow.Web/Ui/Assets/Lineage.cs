namespace Wizart.Flow.Web.Ui.Assets;

/// <summary>Where an asset comes from and goes to, as a drawing: columns from left to right.</summary>
/// <param name="Nodes">Assets and DAGs.</param>
/// <param name="Edges">Which leads to which.</param>
/// <param name="Width">The drawing's width in pixels.</param>
/// <param name="Height">Its height.</param>
public sealed record Lineage(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, int Width, int Height)
{
    /// <summary>The width of a node.</summary>
    public const int NodeWidth = 204;

    /// <summary>The height of a node.</summary>
    public const int NodeHeight = 46;
}

/// <summary>An asset or a DAG.</summary>
/// <param name="Key">What it is known by: an asset's uri, a DAG's id in its column.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">Its name.</param>
/// <param name="Note">What it does there.</param>
/// <param name="Path">Its page; null for none.</param>
/// <param name="X">Its left side.</param>
/// <param name="Y">Its upper side.</param>
public sealed record LineageNode(string Key, LineageKind Kind, string Title, string Note, string? Path, int X = 0, int Y = 0);

/// <summary>What a node of a lineage is.</summary>
public enum LineageKind
{
    /// <summary>The asset that the page is about.</summary>
    This,

    /// <summary>Another asset.</summary>
    Asset,

    /// <summary>A DAG.</summary>
    Dag,

    /// <summary>Those that there is no room for.</summary>
    More,
}

/// <summary>A line from the right side of one node to the left side of another.</summary>
public sealed record LineageEdge(LineageNode From, LineageNode To);
