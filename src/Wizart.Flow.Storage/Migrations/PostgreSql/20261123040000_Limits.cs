using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Limits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "failures_since",
                table: "dags",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pause_reason",
                table: "dags",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "held_slots",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    task_index = table.Column<int>(type: "integer", nullable: false),
                    map_index = table.Column<int>(type: "integer", nullable: false),
                    pool = table.Column<string>(type: "text", nullable: true),
                    slots = table.Column<int>(type: "integer", nullable: false),
                    task_limit = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_slots", x => new { x.run_id, x.task_index, x.map_index });
                });

            migrationBuilder.CreateTable(
                name: "pools",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    declared = table.Column<int>(type: "integer", nullable: false),
                    set_slots = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pools", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_held_slots_pool",
                table: "held_slots",
                column: "pool",
                filter: "pool IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_held_slots_task",
                table: "held_slots",
                column: "task_limit",
                filter: "task_limit IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "held_slots");

            migrationBuilder.DropTable(
                name: "pools");

            migrationBuilder.DropColumn(
                name: "failures_since",
                table: "dags");

            migrationBuilder.DropColumn(
                name: "pause_reason",
                table: "dags");
        }
    }
}
