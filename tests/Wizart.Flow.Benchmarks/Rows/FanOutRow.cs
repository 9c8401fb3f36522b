using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>One run of many instances: whether the last are as quick as the first.</summary>
/// <param name="name">The row's name.</param>
/// <param name="what">What the run is.</param>
/// <param name="limits">The raw limits.</param>
/// <param name="script">A script of one DAG.</param>
/// <param name="dag">The DAG.</param>
/// <param name="tasks">How many instances its run has.</param>
internal sealed class FanOutRow(string name, string what, RawLimits limits, (string File, string Text) script, string dag, int tasks) : BenchmarkRow
{
    private readonly int _edge = tasks / 10;
    private const int Samples = 7;
    private const double Limit = 5_000;

    public override string Name => name;

    public override string What => what;

    public override string Budget => $"≥ {Limit:N0}/s, the last {_edge:N0} as fast as the first";

    protected override async Task<RowResult> MeasureAsync()
    {
        var rawLimit = await limits.GroupedAsync();
        await using var node = await BenchmarkNode.StartAsync(null, script);
        await node.RunAsync(dag);
        List<double> overall = [], first = [], last = [];
        for (var i = 0; i < Samples; i++)
        {
            var run = await node.RunAsync(dag);
            var stored = await node.Store.LoadRunAsync(run.Id, CancellationToken.None);
            var ends = stored!.Instances.Where(instance => instance.Elements is null).Select(instance => instance.EndedAt!.Value).Order().ToArray();
            overall.Add(tasks / run.Took.TotalSeconds);
            first.Add(_edge / (ends[_edge - 1] - stored.Run.StartedAt!.Value).TotalSeconds);
            last.Add(_edge / (ends[^1] - ends[^(_edge + 1)]).TotalSeconds);
        }

        var spread = new Spread(overall);
        var (begins, closes) = (new Spread(first).Median, new Spread(last).Median);
        return new RowResult(
            $"{spread.Text("N0", "/s")}; first {_edge:N0}: {begins:N0}/s, last {_edge:N0}: {closes:N0}/s",
            GroupedLimit.Text(rawLimit),
            spread.Median >= Limit && closes >= 0.8 * begins);
    }
}
