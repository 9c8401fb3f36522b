using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class HouseTables
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<ImportErrorRow>().ToTable("import_errors").HasKey(e => e.File);
        model.Entity<VariableRow>().ToTable("variables").HasKey(v => v.Name);
        model.Entity<ConnectionRow>().ToTable("connections").HasKey(c => c.Id);
        model.Entity<RequestAnswerRow>(answer =>
        {
            answer.ToTable("request_answers").HasKey(a => a.Id);
            answer.HasIndex(a => a.At).HasDatabaseName("ix_request_answers_at");
        });
        model.Entity<AuditRow>(audit =>
        {
            audit.ToTable("audit_log").HasKey(a => a.Id);
            audit.HasIndex(a => a.At).HasDatabaseName("ix_audit_log_at");
        });
    }
}
