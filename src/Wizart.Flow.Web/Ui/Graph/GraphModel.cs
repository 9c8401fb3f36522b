using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Graph;

/// <summary>A graph as a page shows it.</summary>
/// <param name="Version">The version that is drawn.</param>
/// <param name="Layout">The drawing.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Run">The run whose states it shows; null for none.</param>
/// <param name="Runs">Runs to choose from, newest first.</param>
/// <param name="States">Where each node stands.</param>
/// <param name="Path">The page's path, from the base on.</param>
public sealed record GraphModel(
    DagVersion Version, GraphLayout Layout, GraphQuery Query, DagRun? Run, IReadOnlyList<DagRun> Runs, IReadOnlyDictionary<string, NodeState> States, string Path)
{
    /// <summary>The DAG.</summary>
    public DagModel Dag => Version.Model;

    /// <summary>Its path for another query.</summary>
    public string Url(GraphQuery query)
    {
        var parts = new List<string>();
        if (query.IsDown) parts.Add("down=true");
        if (query.Run is { } run) parts.Add($"run={run}");
        parts.AddRange(query.Folded.Select(f => $"fold={Uri.EscapeDataString(f)}"));
        return parts.Count == 0 ? Path : $"{Path}?{string.Join('&', parts)}";
    }
}

/// <summary>What is asked of a graph; the same as its URL.</summary>
/// <param name="IsDown">From top to bottom; otherwise from left to right.</param>
/// <param name="Folded">The groups that are folded.</param>
/// <param name="Run">The run to show, where the page lets it be chosen: its number, or <c>none</c>.</param>
public sealed record GraphQuery(bool IsDown, IReadOnlyList<string> Folded, string? Run);

/// <summary>Where a node stands, and the words below its name.</summary>
public sealed record NodeState(TaskState State, string Words);
