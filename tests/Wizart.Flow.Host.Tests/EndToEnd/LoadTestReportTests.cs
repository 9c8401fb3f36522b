using System.Net.Http.Json;
using System.Text.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;
using Wizart.Flow.SampleService;
using Wizart.Flow.TestServers.Sheets;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>The load test report as it stands in <c>pipelines/</c>, from a real service to a sheet, a picture and a card.</summary>
public sealed class LoadTestReportTests
{
    // Quick, and far below what the service holds: the same rates in every run, however busy the machine is.
    private static readonly object Quick = new { start_rps = 80, max_rps = 100, hold = "00:00:01" };

    // As authors add it, beside what the sample does: a chart in the sheet itself.
    private const string SheetChart = """

        dag.Task("sheet_chart").From(google, sheet).Run((google, sheet) => google.AddChart("Load tests", new SheetChart("p95 by rate", "Rps", "P95")));
        """;

    [Fact]
    public async Task A_search_becomes_rows_a_chart_a_picture_and_a_card_and_the_same_date_again_the_same_rows()
    {
        await using var world = await World.StartAsync(script => script + SheetChart);
        var first = await world.RunAsync("2026-11-02T05:00");
        var rates = await world.RatesAsync(first.Id);
        Assert.Contains(80, rates);
        Assert.Equal(rates, world.Rows().Select(row => row.Rps));

        var chart = Assert.Single(world.Sheets["Load tests"].Charts);
        Assert.Contains("p95 by rate", chart.ToJsonString(), StringComparison.Ordinal);
        var artifacts = await world.Daemon.Api.ArtifactsAsync(first.Id);
        Assert.Contains(artifacts, a => a.Name == "steps.csv");
        var picture = await world.Daemon.Api.BytesAsync(artifacts.Single(a => a.Name == "p95.png").Url);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);

        var card = Assert.Single(world.Teams.Calls).GetRawText();
        Assert.Contains("Catalogue API holds", card, StringComparison.Ordinal);
        Assert.Contains("All steps", card, StringComparison.Ordinal);
        Assert.Contains("docs.google.com/spreadsheets", card, StringComparison.Ordinal);

        var second = await world.RunAsync("2026-11-02T05:00");
        Assert.NotEqual(first.Id, second.Id);
        var both = rates.Union(await world.RatesAsync(second.Id)).Order();
        Assert.Equal(both, world.Rows().Select(row => row.Rps).Order());
        Assert.Single(world.Rows().Select(row => row.Date).Distinct());
        Assert.Single(world.Sheets["Load tests"].Charts);
    }

    [Fact]
    public async Task Back_dated_over_seven_days_it_fills_seven()
    {
        await using var world = await World.StartAsync(script => script.Replace("Weekly.On(Monday).At(\"05:00\")", "Daily.At(\"05:00\")", StringComparison.Ordinal));
        using var answer = await world.Daemon.Api.PostAsync("dags/load_test_report/backfills", JsonSerializer.Serialize(new
        {
            from = "2026-11-02T05:00",
            to = "2026-11-08T05:00",
            maxActive = 2,
            @params = Quick,
        }));
        var backfill = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetInt64();
        await Eventually.HoldsAsync(
            async () => (await world.Daemon.Api.ReadAsync<JsonElement>($"backfills/{backfill}")).GetProperty("state").GetString() == "completed",
            () => world.Daemon.Output);

        Assert.All(await world.Daemon.Api.RunsAsync("load_test_report"), run => Assert.Equal(RunState.Success, run.State));
        Assert.Equal(7, world.Rows().Select(row => row.Date).Distinct().Count());
        Assert.Equal(world.Rows().Count, world.Rows().Distinct().Count());
        Assert.Equal(7, world.Teams.Calls.Count);
    }

    /// <summary>A service, a sheets server, a channel, and a daemon with the sample.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly DaemonHome _home = new();

        public required SampleServer Service { get; init; }

        public required SheetsServer Sheets { get; init; }

        public WebhookListener Teams { get; } = new();

        public DaemonProcess Daemon { get; private set; } = null!;

        public static async Task<World> StartAsync(Func<string, string> change)
        {
            var world = new World { Service = await SampleServer.StartAsync(1_000, TimeSpan.FromMilliseconds(5)), Sheets = await SheetsServer.Start() };
            var sample = await File.ReadAllTextAsync(Path.Combine(SelfReportTests.Samples(), "load_test_report.csx"), TestContext.Current.CancellationToken);
            world._home.Write("load_test_report.csx", change(sample));
            var sheet = world.Sheets.Settings;
            sheet["type"] = "google-sheets";
            world._home.Write("connections.json", JsonSerializer.Serialize(new Dictionary<string, Dictionary<string, string>>
            {
                ["catalogue-api"] = new() { ["type"] = "http", ["url"] = world.Service.Url },
                ["metrics-sheet"] = sheet,
                ["performance"] = new() { ["type"] = "teams", ["webhook"] = world.Teams.Url },
            }));
            world.Daemon = await DaemonProcess.StartAsync(world._home);
            return world;
        }

        public async Task<RunResource> RunAsync(string date)
        {
            using var answer = await Daemon.Api.PostAsync("dags/load_test_report/runs", JsonSerializer.Serialize(new { date, @params = Quick }));
            var run = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            var ended = await Daemon.Api.EndAsync(run.GetProperty("id").GetInt64());
            Assert.True(ended.State == RunState.Success, $"{ended.State}: {ended.Reason}\n{Daemon.Output}");
            return ended;
        }

        /// <summary>The rates of a run's steps, as its table has them.</summary>
        public async Task<IReadOnlyList<double>> RatesAsync(long run) =>
            [.. (await Daemon.Api.OutputAsync<JsonElement>(run, "table")).EnumerateArray().Select(step => step.GetProperty("Rps").GetDouble())];

        /// <summary>What is in the sheet, below its header.</summary>
        public IReadOnlyList<(string Date, double Rps)> Rows()
        {
            string[][] text = [.. Sheets["Load tests"].Text.Select(row => row.Split('\t'))];
            var (date, rps) = (Array.IndexOf(text[0], "date"), Array.IndexOf(text[0], "Rps"));
            return [.. text[1..].Select(row => (row[date], double.Parse(row[rps], System.Globalization.CultureInfo.InvariantCulture)))];
        }

        public async ValueTask DisposeAsync()
        {
            await Daemon.DisposeAsync();
            await Teams.DisposeAsync();
            await Sheets.DisposeAsync();
            await Service.DisposeAsync();
            _home.Dispose();
        }
    }
}
