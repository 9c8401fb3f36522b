using Microsoft.EntityFrameworkCore;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Tests.Schema;

public sealed class MigrationTests
{
    [Fact]
    public void Sqlite_migrations_are_up_to_date_with_the_model()
    {
        using var context = new SqliteFlowContext(new DbContextOptionsBuilder<SqliteFlowContext>().UseSqlite("Data Source=:memory:").Options);
        Assert.False(context.Database.HasPendingModelChanges(), "The model has changed: add a migration to Migrations/Sqlite.");
        Assert.Equal(context.Database.GetMigrations(), SchemaHistory.Known<SqliteFlowContext>());
    }

    [Fact]
    public void PostgreSql_migrations_are_up_to_date_with_the_model()
    {
        using var context = new PostgreSqlFlowContext(new DbContextOptionsBuilder<PostgreSqlFlowContext>().UseNpgsql("Host=localhost").Options);
        Assert.False(context.Database.HasPendingModelChanges(), "The model has changed: add a migration to Migrations/PostgreSql.");
        Assert.Equal(context.Database.GetMigrations(), SchemaHistory.Known<PostgreSqlFlowContext>());
    }

    [Fact]
    public void Both_databases_have_had_the_same_changes() =>
        Assert.Equal(SchemaHistory.Known<SqliteFlowContext>(), SchemaHistory.Known<PostgreSqlFlowContext>());
}
