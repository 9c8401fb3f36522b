using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "backfills",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    dag_id = table.Column<string>(type: "TEXT", nullable: false),
                    version_id = table.Column<long>(type: "INTEGER", nullable: false),
                    range_from = table.Column<long>(type: "INTEGER", nullable: false),
                    range_to = table.Column<long>(type: "INTEGER", nullable: false),
                    reprocess = table.Column<string>(type: "TEXT", nullable: false),
                    max_active = table.Column<int>(type: "INTEGER", nullable: false),
                    backwards = table.Column<bool>(type: "INTEGER", nullable: false),
                    @params = table.Column<string>(name: "params", type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: true),
                    total = table.Column<long>(type: "INTEGER", nullable: false),
                    created = table.Column<long>(type: "INTEGER", nullable: false),
                    skipped = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
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
