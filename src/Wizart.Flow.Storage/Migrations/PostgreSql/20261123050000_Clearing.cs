using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <summary>Runs that are cleared, marked, moved to another version and noted upon.</summary>
    [DbContext(typeof(PostgreSqlFlowContext))]
    [Migration("20261123050000_Clearing")]
    public sealed class Clearing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(name: "restarts", table: "dag_runs", type: "integer", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<string>(name: "memo", table: "task_instances", type: "text", nullable: true);
            migrationBuilder.AddColumn<long>(name: "version_id", table: "task_attempts", type: "bigint", nullable: true);
            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<string>(type: "text", nullable: false),
                    map_index = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notes", x => new { x.run_id, x.task_id, x.map_index });
                });

            // The length of a list was kept only with what is mapped over it.
            migrationBuilder.Sql(
                """
                update task_instances set memo = '{"list_count":' || elements || '}' where elements is not null and map_index = -1
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "notes");
            migrationBuilder.DropColumn(name: "restarts", table: "dag_runs");
            migrationBuilder.DropColumn(name: "memo", table: "task_instances");
            migrationBuilder.DropColumn(name: "version_id", table: "task_attempts");
        }
    }
}
