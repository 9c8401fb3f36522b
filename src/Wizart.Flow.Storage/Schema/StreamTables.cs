using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class StreamTables
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<LogChunkRow>().ToTable("log_chunks").HasKey(c => new { c.RunId, c.TaskIndex, c.MapIndex, c.Attempt, c.FirstLine });
        model.Entity<TaskProgressRow>().ToTable("task_progress").HasKey(p => new { p.RunId, p.TaskIndex, p.MapIndex });
        model.Entity<MetricPointRow>(point =>
        {
            point.ToTable("metric_points").HasKey(p => p.Id);
            point.HasIndex(p => new { p.RunId, p.TaskIndex, p.MapIndex, p.Attempt }).HasDatabaseName("ix_metric_points_attempt");
            point.HasIndex(p => new { p.Name, p.LogicalDate, p.RunId, p.Id }).HasDatabaseName("ix_metric_points_date");
            point.HasIndex(p => new { p.Name, p.Time, p.Id }).HasDatabaseName("ix_metric_points_time");
        });
        model.Entity<ArtifactRow>(artifact =>
        {
            // Names are in no index: a body may choose a longer one than an index can hold.
            artifact.ToTable("artifacts").HasKey(a => a.Id);
            artifact.HasIndex(a => new { a.RunId, a.TaskIndex, a.MapIndex, a.Attempt, a.Hash }).HasDatabaseName("ix_artifacts_attempt");
            artifact.HasIndex(a => a.Hash).HasDatabaseName("ix_artifacts_hash");
        });
        model.Entity<ReleasedArtifactRow>().ToTable("released_artifacts").HasKey(r => r.Hash);
    }
}
