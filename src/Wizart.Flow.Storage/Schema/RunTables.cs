using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class RunTables
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<DagRunRow>(run =>
        {
            run.ToTable("dag_runs").HasKey(r => r.Id);
            run.HasOne<DagVersionRow>().WithMany().HasForeignKey(r => r.VersionId).OnDelete(DeleteBehavior.Restrict);
            run.HasIndex(r => r.VersionId).HasDatabaseName("ix_dag_runs_version");
            run.Property(r => r.State).HasConversion(s => Words.RunStates[s], word => Words.RunStates.Parse(word));
            run.Property(r => r.EndingAs).HasConversion(s => Words.RunStates[s!.Value], word => Words.RunStates.Parse(word));
            run.Property(r => r.Kind).HasConversion(k => Words.RunKinds[k], word => Words.RunKinds.Parse(word));

            // A double fire of a schedule, or of two nodes at once, stores one run; a backfill that repeats an interval adds one.
            run.HasIndex(r => new { r.DagId, r.LogicalDate, r.Kind, r.BackfillId }).IsUnique().HasDatabaseName("ix_dag_runs_slot")
                .HasFilter("kind IN ('scheduled', 'backfill')");
            run.HasIndex(r => new { r.DagId, r.LogicalDate }).HasDatabaseName("ix_dag_runs_date");
            run.HasIndex(r => new { r.DagId, r.IntervalEnd }).HasDatabaseName("ix_dag_runs_newest_slot")
                .HasFilter("kind = 'scheduled'");
            run.HasIndex(r => new { r.BackfillId, r.State }).HasDatabaseName("ix_dag_runs_backfill").HasFilter("backfill_id > 0");
            run.HasIndex(r => new { r.DagId, r.Id }).HasDatabaseName("ix_dag_runs_newest");
            run.HasIndex(r => new { r.DagId, r.State, r.Id }).HasDatabaseName("ix_dag_runs_state");
            run.HasIndex(r => r.State).HasDatabaseName("ix_dag_runs_unfinished").HasFilter("state IN ('queued', 'running')");
            run.HasIndex(r => r.EndedAt).HasDatabaseName("ix_dag_runs_ended").HasFilter("ended_at IS NOT NULL");
        });
        model.Entity<TaskInstanceRow>(instance =>
        {
            instance.ToTable("task_instances").HasKey(i => new { i.RunId, i.TaskIndex, i.MapIndex });
            instance.Property(i => i.State).HasConversion(s => Words.TaskStates[s], word => Words.TaskStates.Parse(word));
        });
        model.Entity<TaskInstanceRow>().HasIndex(i => i.RunId).HasDatabaseName("ix_task_instances_approval").HasFilter("waits_for = 'approval'");
        model.Entity<TaskAttemptRow>(attempt =>
        {
            attempt.ToTable("task_attempts").HasKey(a => new { a.RunId, a.TaskIndex, a.MapIndex, a.Number });
            attempt.Property(a => a.Result).HasConversion(r => Words.Results[r], word => Words.Results.Parse(word));
        });
        model.Entity<NoteRow>().ToTable("notes").HasKey(n => new { n.RunId, n.TaskId, n.MapIndex });
        model.Entity<TaskOutputRow>(output =>
        {
            output.ToTable("task_outputs").HasKey(o => new { o.RunId, o.TaskIndex, o.MapIndex });
            output.HasIndex(o => o.StoredHash).HasDatabaseName("ix_task_outputs_stored").HasFilter("stored_hash IS NOT NULL");
        });
    }
}
