using System.Data.Common;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Requests;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of connections and of answered requests, in words that both databases understand.</summary>
internal static class ConnectionRecords
{
    public const string Columns = "id, type, description, settings, updated_at";

    public static StoredConnection Connection(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.TextOrNull(2), row.GetFieldValue<byte[]>(3), row.Time(4));

    public static Task<int> SaveAsync(DbConnection database, StoredConnection connection) => database.Command(
        $"""
        insert into connections ({Columns}) values (@id, @type, @description, @settings, @at)
        on conflict (id) do update set type = excluded.type, description = excluded.description, settings = excluded.settings,
            updated_at = excluded.updated_at
        """,
        ("id", connection.Id), ("type", connection.Type), ("description", connection.Description), ("settings", connection.Settings),
        ("at", connection.UpdatedAt)).ExecuteAsync();

    /// <summary>Takes a key; false when another has it. Waits for a transaction that has taken it and is not over.</summary>
    public static async Task<bool> TakeAsync(DbConnection database, RequestKey key)
    {
        await database.Command("delete from request_answers where at < @old", ("old", key.At - RequestKey.Kept)).ExecuteAsync();
        return await database.Command(
            "insert into request_answers (id, request, answer, at) values (@key, @request, '', @at) on conflict do nothing",
            ("key", key.Key), ("request", key.Request), ("at", key.At)).ExecuteAsync() == 1;
    }

    public static async Task<KeptAnswer?> AnswerAsync(DbConnection database, string key, DateTimeOffset since, CancellationToken cancellation = default) =>
        (await database.Command("select request, answer from request_answers where id = @key and at >= @since", ("key", key), ("since", since))
            .ListAsync(row => new KeptAnswer(row.GetString(0), row.GetString(1)), cancellation)).SingleOrDefault();
}
