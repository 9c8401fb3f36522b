using Microsoft.Data.Sqlite;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>Bare commits to an SQLite file with a write-ahead log.</summary>
internal sealed class SqliteCommits : ICommits
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _commit;

    public SqliteCommits(string synchronous)
    {
        var file = Path.Combine(_folder.Path, "limit.db");
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        _connection.Open();
        Command("pragma journal_mode = wal").ExecuteNonQuery();
        Command($"pragma synchronous = {synchronous}").ExecuteNonQuery();
        Command("create table limits (id integer primary key, what text)").ExecuteNonQuery();
        (_begin, _commit) = (Command("begin immediate"), Command("commit"));
        _insert = Command("insert into limits (what) values ('a state that is stored')");
    }

    public void Commit(int rows)
    {
        _begin.ExecuteNonQuery();
        for (var i = 0; i < rows; i++) _insert.ExecuteNonQuery();
        _commit.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the texts above
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
