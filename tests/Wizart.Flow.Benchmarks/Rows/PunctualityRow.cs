using System.Text.Json;
using System.Threading.Channels;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>How long after its due time a body begins, on a node that has nothing else to do.</summary>
internal sealed class PunctualityRow(RawLimits limits) : BenchmarkRow
{
    private const int WarmUps = 10;
    private const int Firings = 60;

    public override string Name => "punctuality";

    public override string What => "due time → body started, idle";

    public override string Budget => "p50 ≤ 10 ms, p99 ≤ 50 ms";

    protected override async Task<RowResult> MeasureAsync()
    {
        var rawLimit = await limits.TimerLatenessAsync();
        var ended = Channel.CreateUnbounded<DagRun>();
        await using var node = await BenchmarkNode.StartAsync(null, Scripts.EverySecond("tick"));
        node.Engine.Coordinator.RunEnded += run => ended.Writer.TryWrite(run);
        var lateness = new List<double>();
        for (var i = 0; i < WarmUps + Firings; i++)
        {
            var run = await ended.Reader.ReadAsync();
            var output = (await node.Store.LoadOutputsAsync(run.Id, [0], CancellationToken.None))[0];
            var began = JsonSerializer.Deserialize<DateTimeOffset>(output.Json!.Value.Utf8.Span);
            if (i >= WarmUps) lateness.Add((began - run.RunAfter).TotalMilliseconds);
        }

        var spread = new Spread(lateness);
        return new RowResult(
            $"p50 {spread.Median:0.0} ms, p99 {spread.At(0.99):0.0} ms ({spread.Min:0.0}–{spread.Max:0.0}, n={spread.Count})",
            $"bare timer: p50 {rawLimit.Median:0.0} ms, p99 {rawLimit.At(0.99):0.0} ms late",
            spread.Median <= 10 && spread.At(0.99) <= 50);
    }
}
