using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>Ten thousand tasks of one run that wait for nothing.</summary>
internal sealed class FanOutRow(RawLimits limits) : BenchmarkRow
{
    private const int Tasks = 10_000;
    private const int Edge = 1_000;
    private const int Samples = 7;
    private const double Limit = 5_000;

    public override string Name => "fan-out";

    public override string What => $"{Tasks:N0} independent tasks in one run, SQLite";

    public override string Budget => $"≥ {Limit:N0}/s, the last {Edge:N0} as fast as the first";

    protected override async Task<RowResult> MeasureAsync()
    {
        var rawLimit = await limits.GroupedAsync();
        await using var node = await BenchmarkNode.StartAsync(null, Scripts.FanOut("fan", Tasks));
        await node.RunAsync("fan");
        List<double> overall = [], first = [], last = [];
        for (var i = 0; i < Samples; i++)
        {
            var run = await node.RunAsync("fan");
            var stored = await node.Store.LoadRunAsync(run.Id, CancellationToken.None);
            var ends = stored!.Instances.Select(instance => instance.EndedAt!.Value).Order().ToArray();
            overall.Add(Tasks / run.Took.TotalSeconds);
            first.Add(Edge / (ends[Edge - 1] - stored.Run.StartedAt!.Value).TotalSeconds);
            last.Add(Edge / (ends[^1] - ends[^(Edge + 1)]).TotalSeconds);
        }

        var spread = new Spread(overall);
        var (begins, closes) = (new Spread(first).Median, new Spread(last).Median);
        return new RowResult(
            $"{spread.Text("N0", "/s")}; first {Edge:N0}: {begins:N0}/s, last {Edge:N0}: {closes:N0}/s",
            GroupedLimit.Text(rawLimit),
            spread.Median >= Limit && closes >= 0.8 * begins);
    }
}
