namespace Wizart.Flow.Engine.Clearing;

/// <summary>What is to be cleared or marked.</summary>
/// <param name="DagId">The DAG.</param>
public sealed record ReworkRequest(string DagId)
{
    /// <summary>The run; null for all of the DAG's runs of a range.</summary>
    public long? RunId { get; init; }

    /// <summary>Runs with a logical date not before this.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Runs with a logical date not after this.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether the DAG's runs with an earlier logical date are meant too.</summary>
    public bool Past { get; init; }

    /// <summary>Whether the DAG's runs with a later logical date are meant too.</summary>
    public bool Future { get; init; }

    /// <summary>Which instances of each run.</summary>
    public InstanceSelection Selection { get; init; } = new();

    /// <summary>Whether the runs go on with the DAG's newest version; otherwise each stays on its own.</summary>
    public bool OnNewest { get; init; }

    /// <summary>Whether it is only to be told what would be touched.</summary>
    public bool DryRun { get; init; }

    /// <summary>Why, in the person's own words.</summary>
    public string? Note { get; init; }

    /// <summary>Whether more than one run may be meant.</summary>
    public bool IsWide => RunId is null || Past || Future;
}
