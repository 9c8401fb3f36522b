using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.Sqlite
{
    /// <summary>Users, sessions, tokens, and from where changes came.</summary>
    [DbContext(typeof(SqliteFlowContext))]
    [Migration("20261123100000_Access")]
    public sealed class Access : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "address", table: "audit_log", type: "TEXT", nullable: true);
            migrationBuilder.CreateIndex(name: "ix_audit_log_at", table: "audit_log", column: "at");

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    name_key = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disabled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    external = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    signed_in_at = table.Column<long>(type: "INTEGER", nullable: true),
                    stamp = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table => table.PrimaryKey("pk_users", x => x.name_key));

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    stamp = table.Column<string>(type: "TEXT", nullable: false),
                    user_key = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table => table.PrimaryKey("pk_sessions", x => x.id));

            migrationBuilder.CreateTable(
                name: "api_tokens",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    owner_key = table.Column<string>(type: "TEXT", nullable: false),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table => table.PrimaryKey("pk_api_tokens", x => x.id));

            migrationBuilder.CreateTable(
                name: "sign_in_links",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    user_key = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table => table.PrimaryKey("pk_sign_in_links", x => x.hash));

            migrationBuilder.CreateIndex(name: "ix_users_external", table: "users", column: "external", unique: true, filter: "external IS NOT NULL");
            migrationBuilder.CreateIndex(name: "ix_sessions_user", table: "sessions", column: "user_key");
            migrationBuilder.CreateIndex(name: "ix_api_tokens_hash", table: "api_tokens", column: "hash", unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "sign_in_links");
            migrationBuilder.DropTable(name: "api_tokens");
            migrationBuilder.DropTable(name: "sessions");
            migrationBuilder.DropTable(name: "users");
            migrationBuilder.DropIndex(name: "ix_audit_log_at", table: "audit_log");
            migrationBuilder.DropColumn(name: "address", table: "audit_log");
        }
    }
}
