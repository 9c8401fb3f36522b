using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Requests;

namespace Wizart.Flow.Storage.Sql;

internal abstract partial class SqlTransaction
{
    public ValueTask<StoredConnection?> LockConnectionAsync(string id) => DoAsync(async connection =>
        (await connection.Command($"select {ConnectionRecords.Columns} from connections where id = @id{RowLock}", ("id", id))
            .ListAsync(ConnectionRecords.Connection)).SingleOrDefault());

    public ValueTask SaveConnectionAsync(StoredConnection connection) => DoAsync(database => ConnectionRecords.SaveAsync(database, connection));

    public ValueTask<bool> RemoveConnectionAsync(string id) => DoAsync(async connection =>
        await connection.Command("delete from connections where id = @id", ("id", id)).ExecuteAsync() == 1);

    public ValueTask<string?> LockVariableAsync(string name) => DoAsync(connection =>
        connection.Command($"select value from variables where name = @name{RowLock}", ("name", name)).ScalarAsync<string>());

    public ValueTask<KeptAnswer?> TakeKeyAsync(RequestKey key) => DoAsync(async connection =>
        await ConnectionRecords.TakeAsync(connection, key)
            ? null
            : await ConnectionRecords.AnswerAsync(connection, key.Key, DateTimeOffset.MinValue));

    public ValueTask ReleaseKeyAsync(string key) => DoAsync(connection =>
        connection.Command("delete from request_answers where id = @key", ("key", key)).ExecuteAsync());

    public ValueTask KeepAnswerAsync(string key, string answer) => DoAsync(connection =>
        connection.Command("update request_answers set answer = @answer where id = @key", ("answer", answer), ("key", key)).ExecuteAsync());
}
