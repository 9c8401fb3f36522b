using Microsoft.EntityFrameworkCore;
using Npgsql;
using Wizart.Flow.Storage.Schema;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>Brings a PostgreSQL database to this program's schema; of several nodes that start at once, one does it.</summary>
internal static class PostgreSqlSchema
{
    private const long UpgradeLock = 0x57_69_7A_46_6C_6F_77; // any number that is ours alone

    public static async Task UpgradeAsync(NpgsqlDataSource source, string database, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (!await NeedsUpgradeAsync(connection, database, cancellation)) return;

        await connection.Command("select pg_advisory_lock(@key)", ("key", UpgradeLock)).ExecuteAsync(cancellation);
        try
        {
            if (!await NeedsUpgradeAsync(connection, database, cancellation)) return;
            var options = new DbContextOptionsBuilder<PostgreSqlFlowContext>().UseNpgsql(connection).Options;
            await using var context = new PostgreSqlFlowContext(options);
            await context.Database.MigrateAsync(cancellation);
        }
        finally
        {
            await connection.Command("select pg_advisory_unlock(@key)", ("key", UpgradeLock)).ExecuteAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> NeedsUpgradeAsync(NpgsqlConnection connection, string database, CancellationToken cancellation)
    {
        var isThere = await connection.Command("select to_regclass(@table) is not null", ("table", $"\"{SchemaHistory.Table}\""))
            .ScalarAsync<bool>(cancellation);
        var applied = isThere ? await SchemaHistory.AppliedAsync(connection, cancellation) : [];
        return SchemaHistory.NeedsUpgrade<PostgreSqlFlowContext>(applied, database);
    }
}
