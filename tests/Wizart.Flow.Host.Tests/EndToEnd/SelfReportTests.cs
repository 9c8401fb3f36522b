using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>The sample that reports on the daemon it runs in, as it stands in <c>pipelines/</c>.</summary>
public sealed class SelfReportTests
{
    [Fact]
    public async Task Self_report_keeps_a_table_and_a_csv_of_the_daemons_own_runs()
    {
        using var home = new DaemonHome();
        var samples = Samples();
        home.Write("self_report.csx", await File.ReadAllTextAsync(Path.Combine(samples, "self_report.csx"), Cancellation));
        var database = Path.Combine(home.Root, "reports.db");
        home.Write("connections.json", JsonSerializer.Serialize(new { reports = new { type = "sqlite", path = database } }));
        home.Write("good.csx", """Dag("good").Task("one").Run(() => 1);""");
        home.Write("bad.csx", """Dag("bad").Task("one").Run(() => throw new InvalidOperationException("no"));""");

        await using var daemon = await DaemonProcess.StartAsync(home);
        for (var i = 0; i < 3; i++) await daemon.Api.RunToEndAsync("good");
        await daemon.Api.RunToEndAsync("bad");
        var run = await daemon.Api.RunToEndAsync("self_report");
        Assert.Equal(RunState.Success, run.State);
        Assert.All(await daemon.Api.TasksAsync(run.Id), t => Assert.Equal(TaskState.Success, t.State));

        var rows = await RowsAsync(database);
        Assert.Equal((3L, 0L), rows["good"]);
        Assert.Equal((1L, 1L), rows["bad"]);

        var kept = Assert.Single(await daemon.Api.ArtifactsAsync(run.Id));
        Assert.Equal("dag_days.csv", kept.Name);
        var lines = Encoding.UTF8.GetString(await daemon.Api.BytesAsync(kept.Url)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("dag,day,runs,failed,mean_seconds,slowest_seconds", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("good,", StringComparison.Ordinal) && l.Split(',')[2..4] is ["3", "0"]);
        Assert.Contains(lines, l => l.StartsWith("bad,", StringComparison.Ordinal) && l.Split(',')[2..4] is ["1", "1"]);

        // Run once more it updates its rows in place.
        await daemon.Api.RunToEndAsync("good");
        Assert.Equal(RunState.Success, (await daemon.Api.RunToEndAsync("self_report")).State);
        Assert.Equal((4L, 0L), (await RowsAsync(database))["good"]);
    }

    [Fact]
    public async Task All_samples_load_without_an_error()
    {
        using var home = new DaemonHome();
        home.Environment["FLOW__PIPELINES"] = Samples();
        await using var daemon = await DaemonProcess.StartAsync(home);
        Assert.Empty(await daemon.Api.ErrorsAsync());
        Assert.Superset(
            new HashSet<string> { "hello_etl", "self_report" }, (await daemon.Api.DagsAsync()).Select(d => d.Id).ToHashSet());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs and failures by DAG, whatever the day.</summary>
    private static async Task<Dictionary<string, (long Runs, long Failed)>> RowsAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "select dag_id, sum(runs), sum(failed) from dag_days group by dag_id";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new Dictionary<string, (long, long)>();
        while (await reader.ReadAsync(Cancellation)) rows[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        return rows;
    }

    internal static string Samples()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Wizart.Flow.sln"))) return Path.Combine(folder.FullName, "pipelines");
        throw new DirectoryNotFoundException("The tests do not lie below the solution.");
    }
}
