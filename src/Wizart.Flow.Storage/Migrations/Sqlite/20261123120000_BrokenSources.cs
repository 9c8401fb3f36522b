using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.Sqlite
{
    /// <summary>The text of a script that could not be taken, to show its mistakes in place.</summary>
    [DbContext(typeof(SqliteFlowContext))]
    [Migration("20261123120000_BrokenSources")]
    public sealed class BrokenSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>(name: "source", table: "import_errors", type: "TEXT", nullable: false, defaultValue: "");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn(name: "source", table: "import_errors");
    }
}
