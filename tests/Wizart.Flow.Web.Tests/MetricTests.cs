using System.Net;
using System.Text.Json;

namespace Wizart.Flow.Web.Tests;

public sealed class MetricTests
{
    [Fact]
    public async Task Metrics_are_listed_with_their_newest_values()
    {
        await using var server = await StartAsync();
        var all = (await server.Get("metrics?recent=2")).Json;
        Assert.Equal([("errors", 1, 1), ("p95", 5, 4)], all.EnumerateArray().Select(m => (Text(m, "name"), m.GetProperty("points").GetInt32(), m.GetProperty("runs").GetInt32())));
        Assert.Equal([3.0, 4], all[1].GetProperty("recent").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(("etl", 4.0, "2026-11-04T00:00:00+00:00"), (Text(all[1].GetProperty("last"), "dagId"), all[1].GetProperty("last").GetProperty("value").GetDouble(), Text(all[1].GetProperty("last"), "logicalDate")));
        Assert.Equal("[]", (await server.Get("metrics?dag=nowhere")).Text);
        Assert.Empty((await server.Get("metrics?dag=etl")).Json[0].GetProperty("recent").EnumerateArray());
    }

    [Fact]
    public async Task Points_are_filtered_ordered_and_paged()
    {
        await using var server = await StartAsync();
        Assert.Equal([4.0, 3, 2, 1.5, 1], Values(await server.Get("metrics/p95")));
        Assert.Equal([1.0, 1.5, 2, 3, 4], Values(await server.Get("metrics/p95?order=oldest")));
        Assert.Equal([3.0, 2], Values(await server.Get("metrics/p95?since=2026-11-02&until=2026-11-04")));
        Assert.Equal([4.0], Values(await server.Get("metrics/p95?by=time&since=2026-11-05T06:00:00Z")));
        Assert.Equal([1.5], Values(await server.Get("metrics/p95?tag=kind=b&tag=env=a%3Db")));
        Assert.Empty(Values(await server.Get("metrics/p95?tag=kind=b&tag=env=x")));
        Assert.Empty(Values(await server.Get("metrics/p95?dag=other")));

        var pages = new List<double>();
        for (var path = "metrics/p95?count=2"; ;)
        {
            var page = await server.Get(path);
            pages.AddRange(Values(page));
            if (page.Json.GetProperty("next").GetString() is not { } next) break;
            path = $"metrics/p95?count=2&cursor={next}";
        }

        Assert.Equal([4.0, 3, 2, 1.5, 1], pages);
        var point = (await server.Get("metrics/p95?tag=kind=b")).Json.GetProperty("points")[0];
        Assert.Equal(("2026-11-01T00:00:00+00:00", "2026-11-02T06:00:00+00:00", "etl", "b"), (Text(point, "logicalDate"), Text(point, "time"), Text(point, "dagId"), Text(point.GetProperty("tags"), "kind")));
    }

    [Fact]
    public async Task Points_of_a_span_are_one()
    {
        await using var server = await StartAsync();
        var series = (await server.Get("metrics/p95?bucket=2d&order=oldest")).Json;
        Assert.Empty(series.GetProperty("points").EnumerateArray());
        var buckets = series.GetProperty("buckets").EnumerateArray().ToArray();
        Assert.Equal(5, buckets.Sum(b => b.GetProperty("points").GetInt32()));
        Assert.Equal(4.0, buckets[^1].GetProperty("last").GetDouble());
        Assert.Equal(1.0, buckets[0].GetProperty("minimum").GetDouble());
    }

    [Theory]
    [InlineData("since=yesterday", "'yesterday' for since is not a time")]
    [InlineData("tag=kind", "'kind' for tag is not name=value")]
    [InlineData("by=date", "'date' for by is not one of logical_date, time")]
    [InlineData("order=up", "is not one of newest, oldest")]
    [InlineData("count=0", "for count is not a whole number from 1 to 1000")]
    [InlineData("cursor=abc", "'abc' for cursor is not the next of an earlier answer")]
    [InlineData("cursor=9999999999999999999.1.1", "for cursor is not the next of an earlier answer")]
    [InlineData("bucket=10ms", "'10ms' for bucket is not a span of at least 1 s")]
    [InlineData("bucket=1h&cursor=1.1.1", "Spans have no cursor")]
    public async Task What_makes_no_sense_is_refused(string query, string why)
    {
        await using var server = await StartAsync();
        Assert.Contains(why, (await server.Get($"metrics/p95?{query}")).Problem(HttpStatusCode.BadRequest, "invalid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_that_nobody_told_is_not_found()
    {
        await using var server = await StartAsync();
        Assert.Contains("Did you mean 'p95'?", (await server.Get("metrics/p9")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
        Assert.Contains("run.Metric(", (await server.Get("metrics/p9?bucket=1d")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Chain("etl", "measure"));
        foreach (var day in new[] { 3, 1, 4, 2 })
        {
            var run = await server.Run("etl", $$"""{"date": "2026-11-0{{day}}"}""");
            await server.TellAsync(run, "p95", day);
            if (day != 1) continue;
            await server.TellAsync(run, "p95", 1.5, ("kind", "b"), ("env", "a=b"));
            await server.TellAsync(run, "errors", 0);
        }

        return server;
    }

    private static IEnumerable<double> Values(Answer answer) => answer.Json.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").GetDouble());

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
