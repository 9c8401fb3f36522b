using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class DagTables
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<DagVersionRow>(version =>
        {
            version.ToTable("dag_versions").HasKey(v => v.Id);
            version.HasIndex(v => new { v.DagId, v.Number }).IsUnique().HasDatabaseName("ix_dag_versions_number");
        });
        model.Entity<DagRow>(dag =>
        {
            dag.ToTable("dags").HasKey(d => d.Id);
            dag.HasOne<DagVersionRow>().WithMany().HasForeignKey(d => d.VersionId).OnDelete(DeleteBehavior.Restrict);
            dag.HasIndex(d => d.VersionId).HasDatabaseName("ix_dags_version");
        });
    }
}
