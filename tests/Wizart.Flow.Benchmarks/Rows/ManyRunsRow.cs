using System.Diagnostics;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>A hundred runs at once, each a chain of ten tasks.</summary>
internal sealed class ManyRunsRow(RawLimits limits) : BenchmarkRow
{
    private const int Runs = 100;
    private const int Tasks = 10;
    private const int WarmUps = 30;
    private const int Samples = 20;
    private const double Limit = 5_000;

    public override string Name => "many-runs";

    public override string What => $"{Runs * Tasks:N0} tasks ({Runs} runs × {Tasks} in a chain), SQLite";

    public override string Budget => $"≥ {Limit:N0} task instances/s";

    protected override async Task<RowResult> MeasureAsync()
    {
        var rawLimit = await limits.GroupedAsync();
        await using var node = await BenchmarkNode.StartAsync(null, Scripts.Chain("many", Tasks, $".MaxActiveRuns({Runs})"));
        var samples = new List<double>();
        for (var i = 0; i < WarmUps + Samples; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var ended = await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => node.RunAsync("many")));
            var seconds = Stopwatch.GetElapsedTime(start, ended.Max(run => run.At)).TotalSeconds;
            if (i >= WarmUps) samples.Add(Runs * Tasks / seconds);
        }

        var spread = new Spread(samples);
        return new RowResult(spread.Text("N0", "/s"), GroupedLimit.Text(rawLimit), spread.Median >= Limit);
    }
}
