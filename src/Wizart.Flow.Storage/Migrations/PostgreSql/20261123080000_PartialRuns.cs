using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <summary>The tasks that runs and backfills are for, where that is not all.</summary>
    [DbContext(typeof(PostgreSqlFlowContext))]
    [Migration("20261123080000_PartialRuns")]
    public sealed class PartialRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "only_tasks", table: "dag_runs", type: "text", nullable: true);
            migrationBuilder.AddColumn<string>(name: "tasks", table: "backfills", type: "text", nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "tasks", table: "backfills");
            migrationBuilder.DropColumn(name: "only_tasks", table: "dag_runs");
        }
    }
}
