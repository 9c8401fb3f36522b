using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Backfills : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_dag_runs_slot",
                table: "dag_runs");

            migrationBuilder.AddColumn<long>(
                name: "backfill_id",
                table: "dag_runs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "backfills",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    dag_id = table.Column<string>(type: "text", nullable: false),
                    version_id = table.Column<long>(type: "bigint", nullable: false),
                    range_from = table.Column<long>(type: "bigint", nullable: false),
                    range_to = table.Column<long>(type: "bigint", nullable: false),
                    reprocess = table.Column<string>(type: "text", nullable: false),
                    max_active = table.Column<int>(type: "integer", nullable: false),
                    backwards = table.Column<bool>(type: "boolean", nullable: false),
                    @params = table.Column<string>(name: "params", type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: true),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    created = table.Column<long>(type: "bigint", nullable: false),
                    skipped = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backfills", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dag_runs_backfill",
                table: "dag_runs",
                columns: new[] { "backfill_id", "state" },
                filter: "backfill_id > 0");

            migrationBuilder.CreateIndex(
                name: "ix_dag_runs_slot",
                table: "dag_runs",
                columns: new[] { "dag_id", "logical_date", "kind", "backfill_id" },
                unique: true,
                filter: "kind IN ('scheduled', 'backfill')");

            migrationBuilder.CreateIndex(
                name: "ix_backfills_newest",
                table: "backfills",
                columns: new[] { "dag_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_backfills_unfinished",
                table: "backfills",
                column: "dag_id",
                unique: true,
                filter: "state IN ('running', 'paused')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "backfills");

            migrationBuilder.DropIndex(
                name: "ix_dag_runs_backfill",
                table: "dag_runs");

            migrationBuilder.DropIndex(
                name: "ix_dag_runs_slot",
                table: "dag_runs");

            migrationBuilder.DropColumn(
                name: "backfill_id",
                table: "dag_runs");

            migrationBuilder.CreateIndex(
                name: "ix_dag_runs_slot",
                table: "dag_runs",
                columns: new[] { "dag_id", "logical_date", "kind" },
                unique: true,
                filter: "kind IN ('scheduled', 'backfill')");
        }
    }
}
