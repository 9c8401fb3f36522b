using System.Text.Json;

namespace Wizart.Flow.Web.Tests.Ui.Metrics;

public sealed class MetricPagesTests
{
    [Fact]
    public async Task Metrics_are_listed_with_a_line_of_their_newest_values()
    {
        await using var server = await StartAsync();
        var page = await server.Html("measures");
        page.Says("p95", "errors", "service=search", "The newest 4 values lie from 11 to 14");
        (await server.Html("measures?text=p9")).SaysNot(">errors<");
        (await server.Html("measures?text=search")).SaysNot(">errors<");
        (await server.Html("measures?dag=other")).Says("No metric fits.");
    }

    [Fact]
    public async Task Some_are_looked_at_side_by_side()
    {
        await using var server = await StartAsync();
        var page = await server.Html("measures?show=p95&show=errors&show=nope&span=all");
        Assert.Equal(2, page.Split("data-view=\"chart\"").Length - 1);
        page.Says("data-source=\"measures/p95/data?span=all\"", "data-source=\"measures/errors/data?span=all\"");
    }

    [Fact]
    public async Task Each_value_of_a_tag_is_a_series()
    {
        await using var server = await StartAsync();
        var chart = await DataAsync(server, "measures/p95/data?span=all");
        Assert.Equal(["catalogue", "search"], chart.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal([1.0, 2, 3, 4], Values(chart, 0));
        Assert.Equal([11.0, 12, 13, 14], Values(chart, 1));
        Assert.Equal(DateTimeOffset.Parse("2026-11-01T00:00:00Z").ToUnixTimeSeconds(), chart.GetProperty("times")[0].GetDouble());
        var run = chart.GetProperty("series")[0].GetProperty("runs")[0].GetInt64();
        Assert.Equal("2026-11-01T00:00:00+00:00", (await server.Get($"runs/{run}")).Json.GetProperty("logicalDate").GetString());
    }

    [Theory]
    [InlineData("tag=service%3Dsearch", new[] { "p95" }, new[] { 11.0, 12, 13, 14 })]
    [InlineData("split=none", new[] { "p95" }, new[] { 6.0, 7, 8, 9 })]
    [InlineData("split=dag", new[] { "etl" }, new[] { 6.0, 7, 8, 9 })]
    [InlineData("split=tag:zone", new[] { "(without)" }, new[] { 6.0, 7, 8, 9 })]
    public async Task A_chart_is_split_and_filtered(string query, string[] names, double[] first)
    {
        await using var server = await StartAsync();
        var chart = await DataAsync(server, $"measures/p95/data?span=all&{query}");
        Assert.Equal(names, chart.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(first, Values(chart, 0));
    }

    [Fact]
    public async Task By_the_time_they_were_told_points_lie_elsewhere()
    {
        await using var server = await StartAsync();
        var chart = await DataAsync(server, "measures/errors/data?span=all&by=time");
        Assert.Equal(DateTimeOffset.Parse("2026-11-02T06:00:00Z").ToUnixTimeSeconds(), chart.GetProperty("times")[0].GetDouble());
    }

    [Fact]
    public async Task What_lies_before_the_span_is_left_out()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "measure"));
        var old = await server.Run("etl", """{"date": "2020-01-01"}""");
        await server.TellAsync(old, "p95", 5);
        Assert.Empty((await DataAsync(server, "measures/p95/data")).GetProperty("times").EnumerateArray());
        var page = await server.Html("measures/p95");
        page.Says("No points here.", "measures/p95?span=all");
        Assert.Single((await DataAsync(server, "measures/p95/data?span=all")).GetProperty("times").EnumerateArray());
    }

    [Fact]
    public async Task Many_points_are_shown_as_means_of_spans()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "measure"));
        var day = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var run = await server.Run("etl", """{"date": "2026-01-01"}""");
        for (var i = 0; i < 2_100; i++) await server.TellAtAsync(run, "rows", i, day.AddMinutes(i * 10));
        var chart = await DataAsync(server, "measures/rows/data?span=all&by=time");
        Assert.Equal("1 h", chart.GetProperty("bucket").GetString());
        Assert.Equal(350, chart.GetProperty("times").GetArrayLength());
        Assert.Equal([2.5, 8.5], Values(chart, 0).Take(2));
    }

    [Fact]
    public async Task The_same_points_stand_in_a_table_with_their_runs()
    {
        await using var server = await StartAsync();
        var page = await server.Html("measures/p95?span=all");
        page.Says("service=catalogue", "measure", "A line for each service", "8 points");
        var run = (await server.Get("metrics/p95")).Json.GetProperty("points")[0].GetProperty("runId").GetInt64();
        Assert.Contains($"href=\"runs/{run}\"", page, StringComparison.Ordinal);
        (await server.Html("measures/p95?span=all&tag=service%3Dsearch")).Says("Any service", "4 points");
    }

    [Fact]
    public async Task A_tag_with_a_tag_in_it_is_harmless()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "measure"));
        var run = await server.Run("etl", """{"date": "2026-11-01"}""");
        await server.TellAsync(run, "p95", 2, ("service", "b"));
        await server.TellAsync(run, "p95", 1, ("service", "<script>alert(1)</script>"));
        (await server.Html("measures/p95?span=all")).IsHarmless();
        (await server.Html("measures?text=script")).IsHarmless();
    }

    private static async Task<JsonElement> DataAsync(ApiServer server, string path)
    {
        var answer = await server.Page(path);
        Assert.Equal("application/json", answer.Type);
        return answer.Json;
    }

    private static IEnumerable<double> Values(JsonElement chart, int series) =>
        chart.GetProperty("series")[series].GetProperty("values").EnumerateArray().Select(v => v.GetDouble());

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Chain("etl", "measure"));
        foreach (var day in new[] { 3, 1, 4, 2 })
        {
            var run = await server.Run("etl", $$"""{"date": "2026-11-0{{day}}"}""");
            await server.TellAsync(run, "p95", day, ("service", "catalogue"));
            await server.TellAsync(run, "p95", day + 10, ("service", "search"));
            await server.TellAsync(run, "errors", 0);
        }

        return server;
    }
}
