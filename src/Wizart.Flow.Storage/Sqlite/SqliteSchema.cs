using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Storage.Schema;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>Brings an SQLite file to this program's schema.</summary>
internal static class SqliteSchema
{
    public static async Task UpgradeAsync(SqliteFile file, CancellationToken cancellation)
    {
        await using var connection = file.OpenForWriting();
        var applied = await TableExistsAsync(connection, SchemaHistory.Table, cancellation)
            ? await SchemaHistory.AppliedAsync(connection, cancellation)
            : [];
        if (!SchemaHistory.NeedsUpgrade<SqliteFlowContext>(applied, $"'{file.Path}'")) return;

        // EF's own lock outlives a process that was killed while it held it; the lock on the file is what counts here.
        if (await TableExistsAsync(connection, "__EFMigrationsLock", cancellation))
            await connection.Command("""delete from "__EFMigrationsLock" """).ExecuteAsync(cancellation);
        var options = new DbContextOptionsBuilder<SqliteFlowContext>().UseSqlite(connection)
            .ReplaceService<IMigrationsSqlGenerator, SqliteTables>().Options;
        await using var context = new SqliteFlowContext(options);
        await context.Database.MigrateAsync(cancellation);
    }

    private static async Task<bool> TableExistsAsync(SqliteConnection connection, string table, CancellationToken cancellation) =>
        await connection.Command("select count(*) from sqlite_master where type = 'table' and name = @table", ("table", table))
            .ScalarAsync<long>(cancellation) > 0;
}
