using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class LimitTables
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<PoolRow>().ToTable("pools").HasKey(p => p.Name);
        model.Entity<HeldSlotsRow>(held =>
        {
            held.ToTable("held_slots").HasKey(h => new { h.RunId, h.TaskIndex, h.MapIndex });
            held.HasIndex(h => h.Pool).HasDatabaseName("ix_held_slots_pool").HasFilter("pool IS NOT NULL");
            held.HasIndex(h => h.TaskLimit).HasDatabaseName("ix_held_slots_task").HasFilter("task_limit IS NOT NULL");
        });
    }
}
