using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class BackfillTables
{
    public static void Build(ModelBuilder model) => model.Entity<BackfillRow>(backfill =>
    {
        backfill.ToTable("backfills").HasKey(b => b.Id);
        backfill.Property(b => b.State).HasConversion(s => Words.BackfillStates[s], word => Words.BackfillStates.Parse(word));
        backfill.Property(b => b.Reprocess).HasConversion(r => Words.Reprocesses[r], word => Words.Reprocesses.Parse(word));
        backfill.HasIndex(b => new { b.DagId, b.Id }).HasDatabaseName("ix_backfills_newest");

        // Two at once would race for the same intervals.
        backfill.HasIndex(b => b.DagId).IsUnique().HasDatabaseName("ix_backfills_unfinished").HasFilter("state IN ('running', 'paused')");
    });
}
