using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Engine.Backfills;

/// <summary>The next intervals of a backfill to run, and those left alone on the way there.</summary>
/// <param name="Slots">The intervals to run, in the backfill's order.</param>
/// <param name="Skipped">How many were left alone.</param>
/// <param name="Position">The end of the last interval that was dealt with; null when none was.</param>
/// <param name="IsEnd">Whether no interval is left.</param>
public sealed record BackfillPlan(IReadOnlyList<DueSlot> Slots, long Skipped, DateTimeOffset? Position, bool IsEnd);

/// <summary>Finds the next intervals of a backfill to run, a portion at a time.</summary>
public sealed class BackfillPlanner(IBackfillReads store)
{
    private const int Portion = 1_000;
    private const int SmallestPortion = 16;

    /// <summary>Up to <paramref name="room"/> intervals to run; looks at about a thousand at most, so that a long range holds nobody up.</summary>
    public async Task<BackfillPlan> NextAsync(
        string dagId, BackfillRange range, DateTimeOffset? position, bool backwards, Reprocess reprocess, int room, CancellationToken cancellation)
    {
        var slots = new List<DueSlot>();
        var skipped = 0L;
        // Where most intervals get a run, few need to be looked at; where most have one, many at a time are passed over.
        for (var size = Math.Clamp(2 * room, SmallestPortion, Portion); ; size = Math.Min(4 * size, Portion))
        {
            DueSlot[] portion = [.. range.After(position, backwards).Take(size)];
            var existing = await ExistingAsync(dagId, portion, backwards, cancellation);
            foreach (var slot in portion)
            {
                SlotRun? run = existing.TryGetValue(slot.LogicalDate, out var found) ? found : null;
                if (!reprocess.Creates(run)) skipped++;
                else if (slots.Count < room) slots.Add(slot);
                else return new BackfillPlan(slots, skipped, position, IsEnd: false);
                position = slot.Interval.End;
            }

            if (portion.Length < size) return new BackfillPlan(slots, skipped, position, IsEnd: true);
            if (size == Portion) return new BackfillPlan(slots, skipped, position, IsEnd: false);
        }
    }

    /// <summary>How many of a range's intervals would be left alone.</summary>
    public async Task<long> SkippedAsync(string dagId, BackfillRange range, Reprocess reprocess, CancellationToken cancellation)
    {
        var skipped = 0L;
        var (from, to) = range.LogicalDates;
        while (await store.SlotRunsAsync(dagId, from, to, Portion, cancellation) is { Count: > 0 } runs)
        {
            skipped += runs.Count(run => !reprocess.Creates(run) && range.Has(run.LogicalDate));
            if (runs.Count < Portion) break;
            from = runs[^1].LogicalDate.AddMicroseconds(1);
        }

        return skipped;
    }

    private async Task<Dictionary<DateTimeOffset, SlotRun>> ExistingAsync(
        string dagId, DueSlot[] portion, bool backwards, CancellationToken cancellation)
    {
        if (portion.Length == 0) return [];
        var (oldest, newest) = backwards ? (portion[^1], portion[0]) : (portion[0], portion[^1]);
        var runs = await store.SlotRunsAsync(dagId, oldest.LogicalDate, newest.LogicalDate, int.MaxValue, cancellation);
        return runs.ToDictionary(run => run.LogicalDate);
    }
}
