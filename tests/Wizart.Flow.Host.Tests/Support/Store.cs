using Microsoft.Data.Sqlite;

namespace Wizart.Flow.Host.Tests.Support;

/// <summary>Looks into a daemon's database past the daemon.</summary>
internal static class Store
{
    /// <summary>The rows of a query, each as its columns.</summary>
    public static async Task<IReadOnlyList<object[]>> RowsAsync(DaemonHome home, string sql)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var settings = new SqliteConnectionStringBuilder { DataSource = home.Database, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<object[]>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The one number that a query gives.</summary>
    public static async Task<long> NumberAsync(DaemonHome home, string sql) => (long)(await RowsAsync(home, sql))[0][0];
}
