using System.Text.Json;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Engine.Backfills;

/// <summary>What is asked of a backfill.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="From">The first logical date it may cover.</param>
/// <param name="To">The last, itself included.</param>
public sealed record BackfillRequest(string DagId, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Which intervals that have a run already get another.</summary>
    public Reprocess Reprocess { get; init; }

    /// <summary>How many of its runs may be queued or running at once.</summary>
    public int MaxActive { get; init; } = Backfill.DefaultMaxActive;

    /// <summary>Whether the newest interval comes first.</summary>
    public bool Backwards { get; init; }

    /// <summary>Params of its runs by name, as JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Params { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The tasks and groups its runs are for, with what these wait for; none for all.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];
}

/// <summary>What a backfill would do.</summary>
/// <param name="Backfill">As it would be stored.</param>
/// <param name="Runs">How many runs it would create.</param>
/// <param name="Skipped">How many intervals it would leave alone.</param>
/// <param name="First">The first intervals it would run.</param>
public sealed record BackfillPreview(Backfill Backfill, long Runs, long Skipped, IReadOnlyList<DueSlot> First);

/// <summary>How far a backfill is.</summary>
/// <param name="Backfill">As it is stored.</param>
/// <param name="Runs">How many of its runs are in each state; runs that were removed with age are not counted.</param>
public sealed record BackfillProgress(Backfill Backfill, IReadOnlyDictionary<Runs.RunState, int> Runs);
