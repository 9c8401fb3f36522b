using System.Globalization;
using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class MetricsVerbTests
{
    [Fact]
    public async Task A_series_of_its_own_for_each_dag_and_set_of_tags()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var series = await bench.FlowOf(server, "metrics", "hits");
        Assert.Matches(@"etl +country=by +6 +\+20 % +▁▂▄▅▇█ +6 +2026-11-06", series.Out);
        Assert.Matches(@"etl +country=lt +60 +\+20 % +▁▂▄▅▇█ +6 +2026-11-06", series.Out);
        Assert.Contains("--tag NAME=VALUE", series.Error, StringComparison.Ordinal);

        var one = await bench.FlowOf(server, "metrics", "hits", "--tag", "country=by", "--count", "3");
        Assert.StartsWith("hits  etl · country=by\n▁▅█  last 6, average 5, from 4 to 6\n", one.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("There are earlier points", one.Error, StringComparison.Ordinal);
        var spans = await bench.FlowOf(server, "metrics", "hits", "--tag", "country=by", "--bucket", "1d");
        Assert.Matches(@"2026-11-06 +6 +\+20 % +6 +6 +6 +1", spans.Out);
        var timed = await bench.FlowOf(server, "metrics", "hits", "--tag", "country=by", "--by-time");
        Assert.Matches(@"2026-11-07 06:00 \+00:00 +6 +\+20 % +\d+ .*of 2026-11-06", timed.Out);
    }

    [Fact]
    public async Task All_are_listed_and_as_json_too()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        Assert.Matches(@"hits +60 +\+20 % +▁▂▄▅▇█ +12 +2026-11-06 +etl · country=lt", (await bench.FlowOf(server, "metrics")).Out);
        Assert.Equal("hits", (await bench.FlowOf(server, "metrics", "--json")).Json[0].GetProperty("name").GetString());
        Assert.Equal("[]", (await bench.FlowOf(server, "metrics", "--dag", "other", "-o", "json")).Out.Trim());
        Assert.Contains("No task has told a metric yet", (await bench.FlowOf(server, "metrics", "--dag", "other")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_written_beside_the_data()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var svg = await bench.FlowOf(server, "metrics", "hits", "--chart", "hits.svg");
        Assert.Contains("hits.svg: 12 points of hits.", svg.Error, StringComparison.Ordinal);
        Assert.Contains("country=lt", await File.ReadAllTextAsync(Path.Combine(bench.Folder, "hits.svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Fine, (await bench.FlowOf(server, "metrics", "hits", "--bucket", "1d", "--chart", "spans.png")).Code);
        Assert.True(new FileInfo(Path.Combine(bench.Folder, "spans.png")).Length > 1_000);
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "--chart must end in .png or .svg", "hits", "--chart", "hits.pdf")]
    [InlineData(ExitCodes.Usage, "'soon' for --since is neither a span such as 7d", "hits", "--since", "soon")]
    [InlineData(ExitCodes.Usage, "'x' for tag is not name=value", "hits", "--tag", "x")]
    [InlineData(ExitCodes.Usage, "--since is for one metric", "--since", "7d")]
    [InlineData(ExitCodes.Usage, "for bucket is not a span", "hits", "--bucket", "never")]
    [InlineData(ExitCodes.Failed, "Did you mean 'hits'?", "hit")]
    [InlineData(ExitCodes.Failed, "can't be written to", "hits", "--chart", "nowhere/hits.png")]
    public async Task What_can_not_be_says_why(int code, string why, params string[] words)
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var outcome = await bench.FlowOf(server, ["metrics", .. words]);
        Assert.True(outcome.Code == code, outcome.ToString());
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_many_values_has_the_means_of_neighbours()
    {
        Assert.Equal("", Sparkline.Of([]));
        Assert.Equal("▄▄", Sparkline.Of([5, 5]));
        Assert.Equal("▁█", Sparkline.Of([1, 3, 7, 9], width: 2));
        Assert.Equal(24, Sparkline.Of([.. Enumerable.Range(0, 1000).Select(i => (double)i)]).Length);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567.89, "1,234,567.9")]
    [InlineData(12.34567, "12.346")]
    [InlineData(0.00012345, "0.000123")]
    [InlineData(0.00001, "1e-5")]
    public void Values_are_short(double value, string text) => Assert.Equal(text, MetricWords.Value(value));

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Chain("etl", "measure"));
        for (var day = 1; day <= 6; day++)
        {
            var run = await server.Run("etl", string.Create(CultureInfo.InvariantCulture, $$"""{"date": "2026-11-0{{day}}"}"""));
            await server.TellAsync(run, "hits", day, ("country", "by"));
            await server.TellAsync(run, "hits", day * 10, ("country", "lt"));
        }

        return server;
    }
}
