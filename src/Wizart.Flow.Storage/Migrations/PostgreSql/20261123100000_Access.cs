using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Wizart.Flow.Storage.Schema;

#nullable disable

namespace Wizart.Flow.Storage.Migrations.PostgreSql
{
    /// <summary>Users, sessions, tokens, and from where changes came.</summary>
    [DbContext(typeof(PostgreSqlFlowContext))]
    [Migration("20261123100000_Access")]
    public sealed class Access : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "address", table: "audit_log", type: "text", nullable: true);
            migrationBuilder.CreateIndex(name: "ix_audit_log_at", table: "audit_log", column: "at");

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    name_key = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    disabled_at = table.Column<long>(type: "bigint", nullable: true),
                    external = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    role = table.Column<string>(type: "text", nullable: false),
                    signed_in_at = table.Column<long>(type: "bigint", nullable: true),
                    stamp = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table => table.PrimaryKey("pk_users", x => x.name_key));

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    stamp = table.Column<string>(type: "text", nullable: false),
                    user_key = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table => table.PrimaryKey("pk_sessions", x => x.id));

            migrationBuilder.CreateTable(
                name: "api_tokens",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    owner_key = table.Column<string>(type: "text", nullable: false),
                    revoked_at = table.Column<long>(type: "bigint", nullable: true),
                    role = table.Column<string>(type: "text", nullable: false),
                    used_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table => table.PrimaryKey("pk_api_tokens", x => x.id));

            migrationBuilder.CreateTable(
                name: "sign_in_links",
                columns: table => new
                {
                    hash = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    user_key = table.Column<string>(type: "text", nullable: true)
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
