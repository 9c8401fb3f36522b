using System.Diagnostics;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>From the write of a changed file to the moment that runs would take its new version.</summary>
internal sealed class SaveToLiveRow(RawLimits limits) : BenchmarkRow
{
    private const int WarmUps = 15;
    private const int Samples = 20;
    private const double Limit = 300;

    public override string Name => "save-to-live";

    public override string What => "save → live, warm, 60-line script";

    public override string Budget => $"≤ {Limit:0} ms";

    protected override async Task<RowResult> MeasureAsync()
    {
        await using var node = await BenchmarkNode.StartAsync(null, Scripts.SixtyLines("prices", 0));
        var samples = new List<double>();
        for (var i = 1; i <= WarmUps + Samples; i++)
        {
            var (file, text) = Scripts.SixtyLines("prices", i);
            var version = node.Engine.Catalog.Find("prices")!.Version.Id;
            using var feed = node.Engine.Feed.Listen(_ => true);
            var start = Stopwatch.GetTimestamp();
            await File.WriteAllTextAsync(Path.Combine(node.Pipelines, file), text);
            while (node.Engine.Catalog.Find("prices")!.Version.Id == version) await feed.Events.ReadAsync();
            if (i > WarmUps) samples.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var spread = new Spread(samples);
        var compile = await limits.CompileAsync(Scripts.SixtyLines("prices", 0).Text);
        return new RowResult(
            spread.Text("0", "ms"), $"Roslyn compiles the same script in {compile.Text("0", "ms")}", spread.Median <= Limit);
    }
}
