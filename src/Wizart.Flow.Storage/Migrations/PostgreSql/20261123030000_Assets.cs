using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Assets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "asset_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    asset_id = table.Column<long>(type: "bigint", nullable: false),
                    time = table.Column<long>(type: "bigint", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: true),
                    dag_id = table.Column<string>(type: "text", nullable: true),
                    task_id = table.Column<string>(type: "text", nullable: true),
                    told_by = table.Column<string>(type: "text", nullable: false),
                    extra = table.Column<string>(type: "text", nullable: true),
                    interval_start = table.Column<long>(type: "bigint", nullable: false),
                    interval_end = table.Column<long>(type: "bigint", nullable: false),
                    json = table.Column<byte[]>(type: "bytea", nullable: true),
                    stored_name = table.Column<string>(type: "text", nullable: true),
                    stored_hash = table.Column<string>(type: "text", nullable: true),
                    stored_size = table.Column<long>(type: "bigint", nullable: true),
                    stored_content_type = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asset_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "asset_followers",
                columns: table => new
                {
                    uri = table.Column<string>(type: "text", nullable: false),
                    dag_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asset_followers", x => new { x.uri, x.dag_id });
                });

            migrationBuilder.CreateTable(
                name: "asset_queue",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    dag_id = table.Column<string>(type: "text", nullable: false),
                    uri = table.Column<string>(type: "text", nullable: false),
                    event_id = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asset_queue", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "assets",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    uri = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "run_asset_events",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    event_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_run_asset_events", x => new { x.run_id, x.event_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_asset_events_hash",
                table: "asset_events",
                column: "stored_hash",
                filter: "stored_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_asset_events_newest",
                table: "asset_events",
                columns: new[] { "asset_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_asset_followers_dag",
                table: "asset_followers",
                column: "dag_id");

            migrationBuilder.CreateIndex(
                name: "ix_asset_queue_dag",
                table: "asset_queue",
                columns: new[] { "dag_id", "uri" });

            migrationBuilder.CreateIndex(
                name: "ix_asset_queue_event",
                table: "asset_queue",
                column: "event_id");

            migrationBuilder.CreateIndex(
                name: "ux_assets_uri",
                table: "assets",
                column: "uri",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_run_asset_events_event",
                table: "run_asset_events",
                column: "event_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "asset_events");

            migrationBuilder.DropTable(
                name: "asset_followers");

            migrationBuilder.DropTable(
                name: "asset_queue");

            migrationBuilder.DropTable(
                name: "assets");

            migrationBuilder.DropTable(
                name: "run_asset_events");
        }
    }
}
