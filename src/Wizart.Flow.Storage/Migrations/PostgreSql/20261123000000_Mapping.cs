using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <summary>How many elements a mapped task has, and what they are called.</summary>
    [DbContext(typeof(PostgreSqlFlowContext))]
    [Migration("20261123000000_Mapping")]
    public sealed class Mapping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(name: "elements", table: "task_instances", type: "integer", nullable: true);
            migrationBuilder.AddColumn<string>(name: "label", table: "task_instances", type: "text", nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "elements", table: "task_instances");
            migrationBuilder.DropColumn(name: "label", table: "task_instances");
        }
    }
}
