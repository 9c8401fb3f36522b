using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
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

    [Fact]
    public async Task Points_told_before_they_had_a_logical_date_get_that_of_their_run()
    {
        using var folder = new TemporaryFolder();
        var cancellation = TestContext.Current.CancellationToken;
        await using var context = new SqliteFlowContext(
            new DbContextOptionsBuilder<SqliteFlowContext>().UseSqlite($"Data Source={folder.File("flow.db")};Pooling=false;Foreign Keys=false").Options);
        await context.GetService<IMigrator>().MigrateAsync("20261123060000_Waits", cancellation);
        await context.Database.ExecuteSqlRawAsync(
            """
            insert into dag_runs (id, dag_id, version_id, kind, backfill_id, triggered_by, restarts, logical_date, interval_start, interval_end, run_after,
                state, created_by, queued_at, revision) values (7, 'etl', 1, 'manual', 0, 0, 0, 4711, 4711, 4711, 4711, 'success', 'ada', 4711, 1);
            insert into metric_points (run_id, task_index, map_index, attempt, dag_id, time, name, value)
                values (7, 0, -1, 1, 'etl', 5000, 'rows', 1), (8, 0, -1, 1, 'etl', 6000, printf('%.300c', 'x'), 2);
            """,
            cancellation);

        await context.Database.MigrateAsync(cancellation);

        var points = await context.Database
            .SqlQueryRaw<string>("select logical_date || ' ' || length(name) as Value from metric_points order by id").ToListAsync(cancellation);
        Assert.Equal(["4711 4", "6000 200"], points);
    }
}
