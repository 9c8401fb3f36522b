using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class DeliveryTables
{
    public static void Build(ModelBuilder model) => model.Entity<DeliveryRow>(delivery =>
    {
        delivery.ToTable("deliveries").HasKey(d => d.Id);
        delivery.Property(d => d.Event).HasConversion(e => Words.CallbackEvents[e], word => Words.CallbackEvents.Parse(word));
        delivery.Property(d => d.Status).HasConversion(s => Words.DeliveryStates[s], word => Words.DeliveryStates.Parse(word));
        delivery.HasIndex(d => d.RunId).HasDatabaseName("ix_deliveries_run");

        // The few that wait are found without a look at all that ever were.
        delivery.HasIndex(d => d.Id).HasDatabaseName("ix_deliveries_pending").HasFilter("status = 'pending'");
    });
}
