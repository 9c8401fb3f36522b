namespace Wizart.Flow.Storage.Schema;

// Limits that reach beyond a run.

internal sealed class PoolRow
{
    public required string Name { get; init; }

    /// <summary>How many slots the scripts give it.</summary>
    public required int Declared { get; init; }

    /// <summary>How many slots a person gave it; null when none did.</summary>
    public int? SetSlots { get; init; }
}

/// <summary>
/// What a running instance holds: written with its claim, removed with its end. It counts only while its instance is stored as
/// running, so that no way to end one can leave slots behind.
/// </summary>
internal sealed class HeldSlotsRow
{
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public string? Pool { get; init; }
    public required int Slots { get; init; }
    public string? TaskLimit { get; init; }
}
