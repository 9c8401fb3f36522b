using Microsoft.Data.Sqlite;
using Wizart.Flow.Storage.Sqlite;

namespace Wizart.Flow.Storage.Tests.Sqlite;

/// <summary>The reads that must not slow down with the number of runs there ever were go through their indexes.</summary>
public sealed class SqlitePlans : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("select * from dag_runs where state in ('queued', 'running') order by id", "ix_dag_runs_unfinished")]
    [InlineData("select * from dag_runs where dag_id = 'a' order by id desc limit 50", "ix_dag_runs_newest")]
    [InlineData("select * from dag_runs where dag_id = 'a' and state = 'failed' order by id desc limit 50", "ix_dag_runs_state")]
    [InlineData("select count(*) from dag_runs where dag_id = 'a' and state = 'running'", "COVERING INDEX ix_dag_runs_state")]
    [InlineData("select dag_id, state, count(*) from dag_runs group by dag_id, state", "COVERING INDEX ix_dag_runs_state")]
    [InlineData("select max(interval_end) from dag_runs where dag_id = 'a' and kind = 'scheduled'", "COVERING INDEX ix_dag_runs_newest_slot")]
    [InlineData("select r.id from dag_runs r where r.state in ('success', 'failed', 'cancelled') and r.ended_at < 1 order by r.ended_at limit 9", "ix_dag_runs_ended")]
    [InlineData("select * from metric_points p where p.name = 'a' and p.logical_date < 9 order by p.logical_date desc, p.run_id desc, p.id desc limit 9", "ix_metric_points_date")]
    [InlineData("select * from metric_points p where p.name = 'a' and p.time >= 9 order by p.time, p.id limit 9", "ix_metric_points_time")]
    [InlineData("select 1 from metric_points n where n.run_id = 1 and n.task_index = 1 and n.map_index = 1 and n.attempt > 1 and n.name = 'a'", "ix_metric_points_attempt")]
    [InlineData("select 1 from metric_points n where n.name = 'a' and n.logical_date = 1 and n.run_id > 1 and n.dag_id = 'a'", "ix_metric_points_date")]
    public async Task Is_read_through_its_index(string sql, string index)
    {
        var path = _folder.File("flow.db");
        await using var store = new SqliteFlowStore(new StorageOptions { Path = path }, TimeProvider.System);
        await store.InitializeAsync(TestContext.Current.CancellationToken);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new SqliteCommand("explain query plan " + sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan.Add(reader.GetString(3));

        Assert.Contains(index, string.Join('\n', plan), StringComparison.Ordinal);
        if (sql.Contains("limit", StringComparison.Ordinal)) Assert.DoesNotContain("TEMP B-TREE", string.Join('\n', plan), StringComparison.Ordinal);
    }
}
