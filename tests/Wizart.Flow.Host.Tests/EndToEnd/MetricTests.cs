using System.Globalization;
using System.Text;
using System.Text.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Cli;
using Wizart.Flow.Host.Tests.Cli;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>A metric told by real workers, kept by the real daemon, looked at on the command line, and taken by later runs.</summary>
public sealed class MetricTests
{
    private const string Speed = """
        var value = Param("value", 100.0);
        var dag = Dag("speed");
        var measured = dag.Task("measure").From(dag.Context, value, Trend("p95_ms", last: 3)).Run((run, value, earlier) =>
        {
            run.Metric("p95_ms", value);
            run.Metric("hits", value * 2, ("country", "by"));
            run.Metric("hits", value * 3, ("country", "lt"));
            return earlier.Points.Select(p => p.Value).ToArray();
        });
        dag.Task("report").From(measured, value, Trend("p95_ms")).Run((_, value, earlier) =>
            Report.Titled("Speed").Headline("p95", value, "ms", earlier, Better.Lower).Table(earlier.Points).Save("speed.html"));
        """;

    [Fact]
    public async Task A_metric_is_kept_shown_and_taken_by_later_runs()
    {
        using var home = new DaemonHome();
        home.Write("speed.csx", Speed);
        await using var daemon = await DaemonProcess.StartAsync(home);
        await daemon.Api.DagAsync("speed");

        // Each sees what runs of earlier dates told, in whatever order they run.
        Assert.Empty(await SeenAsync(daemon, "2026-11-03", 100));
        Assert.Empty(await SeenAsync(daemon, "2026-11-01", 80));
        Assert.Equal([80.0], await SeenAsync(daemon, "2026-11-02", 120));
        Assert.Equal([80.0, 120, 100], await SeenAsync(daemon, "2026-11-04", 90));

        // A task that runs again does not double its points, and sees the same as before.
        var third = (await daemon.Api.RunsAsync("speed")).Single(r => r.LogicalDate.Day == 4);
        await daemon.Api.ClearAsync("speed", third.Id, new { tasks = new[] { "measure" } });
        Assert.Equal(RunState.Success, (await daemon.Api.EndAsync(third.Id)).State);
        Assert.Equal(2, (await daemon.Api.TaskAsync(third.Id, "measure")).Attempts);
        Assert.Equal([80.0, 120, 100], (await daemon.Api.OutputAsync<List<double>>(third.Id, "measure"))!);
        var series = await daemon.Api.ReadAsync<MetricSeriesResource>("metrics/p95_ms");
        Assert.Equal([90.0, 100, 120, 80], series.Points.Select(p => p.Value));
        Assert.Equal([80.0, 90, 100, 120], (await daemon.Api.ReadAsync<MetricSeriesResource>("metrics/p95_ms?by=time")).Points.Select(p => p.Value).Order());

        var files = await daemon.Api.ArtifactsAsync(third.Id);
        Assert.Equal(["speed.html", "speed.md"], files.Select(f => f.Name).Distinct().Order());
        var page = Encoding.UTF8.GetString(await daemon.Api.BytesAsync($"artifacts/{files.First(f => f.Name == "speed.html").Hash}"));
        Assert.Contains("▼ −10 % from 100", page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"speed, run {third.Id}, of 2026-11-04 00:00 UTC."), page, StringComparison.Ordinal);

        await LookAsync(home);
    }

    /// <summary>On the command line, the daemon running.</summary>
    private static async Task LookAsync(DaemonHome home)
    {
        using var bench = new Bench();
        var list = await bench.Flow("metrics", "--state", home.State);
        Assert.Matches(@"p95_ms +90 +−10 % +\S+ +4 +2026-11-04 +speed", list.Out);
        var one = await bench.Flow("metrics", "p95_ms", "--state", home.State);
        Assert.Contains("last 90, average 97.5, from 80 to 120", one.Out, StringComparison.Ordinal);
        Assert.Matches(@"2026-11-02 +120 +\+50 % +\d+ +measure", one.Out);
        var json = await bench.Flow("metrics", "p95_ms", "--json", "--since", "2026-11-02", "--until", "2026-11-04", "--state", home.State);
        Assert.Equal([100.0, 120], json.Json.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").GetDouble()));
        var chart = await bench.Flow("metrics", "hits", "--chart", "hits.png", "--state", home.State);
        Assert.True(chart.Code == ExitCodes.Fine, chart.ToString());
        Assert.Equal("PNG"u8, File.ReadAllBytes(Path.Combine(bench.Folder, "hits.png")).AsSpan(1, 3));

        // A run without the daemon takes its values from the daemon's database, and leaves nothing in it.
        var run = await bench.Flow("run", "speed", "--date", "2026-11-03", "-p", "value=1", "-o", "json", "--pipelines", home.Pipelines, "--state", home.State);
        Assert.True(run.Code == ExitCodes.Fine, run.ToString());
        Assert.Equal("[80,120]", run.Json.GetProperty("tasks")[0].GetProperty("output").GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.Equal(4, (await bench.Flow("metrics", "p95_ms", "--json", "--state", home.State)).Json.GetProperty("points").GetArrayLength());
    }

    private static async Task<IEnumerable<double>> SeenAsync(DaemonProcess daemon, string date, double value)
    {
        using var answer = await daemon.Api.PostAsync("dags/speed/runs", JsonSerializer.Serialize(new { date, @params = new { value } }));
        var run = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), ApiJson.Default.RunResource)!;
        var ended = await daemon.Api.EndAsync(run.Id);
        Assert.True(ended.State == RunState.Success, daemon.Output);
        return (await daemon.Api.OutputAsync<double[]>(run.Id, "measure"))!;
    }
}
