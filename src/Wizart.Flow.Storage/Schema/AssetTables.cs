using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class AssetTables
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<AssetRow>(asset =>
        {
            asset.ToTable("assets").HasKey(a => a.Id);
            asset.HasIndex(a => a.Uri).IsUnique().HasDatabaseName("ux_assets_uri");
        });
        model.Entity<AssetEventRow>(update =>
        {
            update.ToTable("asset_events").HasKey(e => e.Id);
            update.HasIndex(e => new { e.AssetId, e.Id }).HasDatabaseName("ix_asset_events_newest");
            update.HasIndex(e => e.StoredHash).HasDatabaseName("ix_asset_events_hash").HasFilter("stored_hash IS NOT NULL");
        });
        model.Entity<AssetFollowerRow>(follower =>
        {
            follower.ToTable("asset_followers").HasKey(f => new { f.Uri, f.DagId });
            follower.HasIndex(f => f.DagId).HasDatabaseName("ix_asset_followers_dag");
        });
        model.Entity<AssetQueueRow>(queued =>
        {
            queued.ToTable("asset_queue").HasKey(q => q.Id);
            queued.HasIndex(q => new { q.DagId, q.Uri }).HasDatabaseName("ix_asset_queue_dag");
            queued.HasIndex(q => q.EventId).HasDatabaseName("ix_asset_queue_event");
        });
        model.Entity<RunAssetEventRow>(link =>
        {
            link.ToTable("run_asset_events").HasKey(l => new { l.RunId, l.EventId });
            link.HasIndex(l => l.EventId).HasDatabaseName("ix_run_asset_events_event");
        });
    }
}
