namespace Wizart.Flow.Model;

/// <summary>A place for tasks that belong together.</summary>
public sealed record GroupModel
{
    /// <summary>Unique in its DAG, with the ids of the groups around it: <c>checks.prices</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The group around it, by its place in <see cref="DagModel.Groups"/>; null at the top.</summary>
    public int? Parent { get; init; }

    /// <summary>Markdown for people.</summary>
    public string? Description { get; init; }

    /// <summary>The input whose elements it is mapped over: all its tasks once for each; null for a plain group.</summary>
    public InputModel? ForEach { get; init; }

    /// <summary>How often the group is tried again as one when a task of it failed for good.</summary>
    public int Retry { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceLocation? Location { get; init; }
}
