using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <summary>Points of metrics are read as series, along logical dates and along time.</summary>
    [DbContext(typeof(PostgreSqlFlowContext))]
    [Migration("20261123090000_Metrics")]
    public sealed class Metrics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(name: "logical_date", table: "metric_points", type: "bigint", nullable: false, defaultValue: 0L);
            migrationBuilder.Sql(
                "update metric_points set logical_date = coalesce((select r.logical_date from dag_runs r where r.id = metric_points.run_id), time)");

            // Names had no limit before, and an index has one.
            migrationBuilder.Sql("update metric_points set name = substr(name, 1, 200) where length(name) > 200");
            migrationBuilder.DropIndex(name: "ix_metric_points_run", table: "metric_points");
            migrationBuilder.CreateIndex(
                name: "ix_metric_points_attempt", table: "metric_points", columns: new[] { "run_id", "task_index", "map_index", "attempt" });
            migrationBuilder.CreateIndex(
                name: "ix_metric_points_date", table: "metric_points", columns: new[] { "name", "logical_date", "run_id", "id" });
            migrationBuilder.CreateIndex(name: "ix_metric_points_time", table: "metric_points", columns: new[] { "name", "time", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_metric_points_time", table: "metric_points");
            migrationBuilder.DropIndex(name: "ix_metric_points_date", table: "metric_points");
            migrationBuilder.DropIndex(name: "ix_metric_points_attempt", table: "metric_points");
            migrationBuilder.CreateIndex(name: "ix_metric_points_run", table: "metric_points", column: "run_id");
            migrationBuilder.DropColumn(name: "logical_date", table: "metric_points");
        }
    }
}
