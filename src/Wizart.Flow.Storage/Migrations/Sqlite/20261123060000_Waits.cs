using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.Sqlite
{
    /// <summary>What deferred instances wait for, and which run started another.</summary>
    [DbContext(typeof(SqliteFlowContext))]
    [Migration("20261123060000_Waits")]
    public sealed class Waits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "wait", table: "task_instances", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<string>(name: "waits_for", table: "task_instances", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<long>(name: "triggered_by", table: "dag_runs", type: "INTEGER", nullable: false, defaultValue: 0L);
            migrationBuilder.CreateIndex(
                name: "ix_task_instances_approval", table: "task_instances", column: "run_id", filter: "waits_for = 'approval'");
            migrationBuilder.CreateIndex(name: "ix_dag_runs_date", table: "dag_runs", columns: new[] { "dag_id", "logical_date" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_dag_runs_date", table: "dag_runs");
            migrationBuilder.DropIndex(name: "ix_task_instances_approval", table: "task_instances");
            migrationBuilder.DropColumn(name: "triggered_by", table: "dag_runs");
            migrationBuilder.DropColumn(name: "waits_for", table: "task_instances");
            migrationBuilder.DropColumn(name: "wait", table: "task_instances");
        }
    }
}
