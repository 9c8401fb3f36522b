using Npgsql;

namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>Bare commits to PostgreSQL over one connection.</summary>
internal sealed class PostgresCommits : ICommits
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly NpgsqlParameter _rows = new("rows", 1);

    public PostgresCommits(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        _connection.Open();
        using var create = new NpgsqlCommand("create table limits (id bigserial primary key, what text)", _connection);
        create.ExecuteNonQuery();
        _insert = new NpgsqlCommand("insert into limits (what) select 'a state that is stored' from generate_series(1, @rows)", _connection);
        _insert.Parameters.Add(_rows);
        _insert.Prepare();
    }

    public void Commit(int rows)
    {
        _rows.Value = rows;
        _insert.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
