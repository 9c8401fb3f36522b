using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <summary>How often the group of an instance was tried again as one.</summary>
    [DbContext(typeof(PostgreSqlFlowContext))]
    [Migration("20261123070000_Groups")]
    public sealed class Groups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<int>(name: "round", table: "task_instances", type: "integer", nullable: false, defaultValue: 0);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.DropColumn(name: "round", table: "task_instances");
    }
}
