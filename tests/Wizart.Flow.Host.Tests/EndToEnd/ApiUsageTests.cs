using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>The usage report as it stands in <c>pipelines/</c>, over rotated and packed logs, back-dated.</summary>
public sealed class ApiUsageTests
{
    [Fact]
    public async Task Requests_are_counted_by_endpoint_and_day_from_rotated_and_packed_logs()
    {
        using var home = new DaemonHome();
        var logs = Directory.CreateDirectory(Path.Combine(home.Root, "logs")).FullName;
        // Days are those of Minsk, three hours ahead of what the log says.
        await WriteAsync(Path.Combine(logs, "access.log"), Line("20/Nov/2026:20:59:59 +0000", "GET /search?q=chair"), Line("20/Nov/2026:21:00:00 +0000", "GET /search?q=desk"));
        await WriteAsync(
            Path.Combine(logs, "access.log.1"),
            [.. Enumerable.Range(1, 150).Select(i => Line("19/Nov/2026:12:00:00 +0000", $"GET /products/{i}", i % 50 == 0 ? 503 : 200)), "half a line that a full disk left behind"]);
        await WriteAsync(Path.Combine(logs, "access.log.2.gz"), Line("18/Nov/2026:08:00:00 +0300", "POST /orders"), Line("19/Nov/2026:08:00:00 +0300", "POST /orders"));
        await WriteAsync(Path.Combine(logs, "error.log"), "not an access log");

        var database = Path.Combine(home.Root, "reports.db");
        home.Write("api_usage_report.csx", await File.ReadAllTextAsync(Path.Combine(SelfReportTests.Samples(), "api_usage_report.csx"), TestContext.Current.CancellationToken));
        home.Write("connections.json", JsonSerializer.Serialize(new { reports = new { type = "sqlite", path = database } }));
        await using var daemon = await DaemonProcess.StartAsync(home);
        using var answer = await daemon.Api.PostAsync("dags/api_usage_report/backfills", JsonSerializer.Serialize(new
        {
            from = "2026-11-18",
            to = "2026-11-20",
            maxActive = 1,
            @params = new { logs },
        }));
        var backfill = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetInt64();
        await Eventually.HoldsAsync(
            async () => (await daemon.Api.ReadAsync<JsonElement>($"backfills/{backfill}")).GetProperty("state").GetString() == "completed",
            () => daemon.Output);

        var runs = (await daemon.Api.RunsAsync("api_usage_report")).OrderBy(run => run.LogicalDate).ToArray();
        Assert.All(runs, run => Assert.True(run.State == RunState.Success, $"{run.Reason}\n{daemon.Output}"));
        Assert.Equal(
            ["2026-11-18 POST /orders 1 0", "2026-11-19 GET /products/{id} 150 3", "2026-11-19 POST /orders 1 0", "2026-11-20 GET /search 1 0"],
            await RowsAsync(database));

        var warnings = await daemon.Api.LogAsync(runs[1].Id, "sum_up");
        Assert.Contains(warnings, line => line.Text == "access.log.1: 1 of 151 lines can't be read; the first is line 151");
        var artifacts = await daemon.Api.ArtifactsAsync(runs[2].Id);
        var page = Encoding.UTF8.GetString(await daemon.Api.BytesAsync(artifacts.Single(a => a.Name == "api_usage.html").Url));
        Assert.Contains("GET /search", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains(artifacts, a => a.Name == "report.md" || a.Name == "api_usage.md");

        // The same day again gives the same rows.
        using var again = await daemon.Api.PostAsync("dags/api_usage_report/runs", JsonSerializer.Serialize(new { date = "2026-11-19", @params = new { logs } }));
        var id = (await again.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetInt64();
        Assert.Equal(RunState.Success, (await daemon.Api.EndAsync(id)).State);
        Assert.Equal(4, (await RowsAsync(database)).Count);
    }

    [Fact]
    public async Task A_log_of_another_format_is_no_report_of_zero_requests()
    {
        using var home = new DaemonHome();
        var logs = Directory.CreateDirectory(Path.Combine(home.Root, "logs")).FullName;
        await WriteAsync(Path.Combine(logs, "access.log"), """{"time": "2026-11-20", "path": "/"}""");
        home.Write("api_usage_report.csx", await File.ReadAllTextAsync(Path.Combine(SelfReportTests.Samples(), "api_usage_report.csx"), TestContext.Current.CancellationToken));
        home.Write("connections.json", """{"reports": {"type": "sqlite", "path": "reports.db"}}""");
        await using var daemon = await DaemonProcess.StartAsync(home);
        var run = await daemon.Api.RunToEndAsync("api_usage_report", new { logs });
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("1 of 1 lines can't be read", (await daemon.Api.TaskAsync(run.Id, "sum_up")).Reason, StringComparison.Ordinal);

        var nowhere = await daemon.Api.RunToEndAsync("api_usage_report", new { logs = logs + "-gone" });
        Assert.Contains("There is no folder", (await daemon.Api.TaskAsync(nowhere.Id, "files")).Reason, StringComparison.Ordinal);
    }

    private static string Line(string time, string request, int status = 200) =>
        $"203.0.113.9 - - [{time}] \"{request} HTTP/1.1\" {status} 5316 \"-\" \"curl/8.5\"";

    private static async Task WriteAsync(string path, params string[] lines)
    {
        await using var file = File.Create(path);
        await using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select substr(day, 1, 10), endpoint, requests, errors from api_usage order by 1, 2";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{reader.GetString(0)} {reader.GetString(1)} {reader.GetInt64(2)} {reader.GetInt64(3)}"));
        return rows;
    }
}
