using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Panels;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>The graph of a large DAG: when its drawing has to be made, and when that is kept.</summary>
internal sealed class PanelGraphRow : BenchmarkRow
{
    private const int Layers = 25;
    private const int Width = 20;
    private const int WarmUps = 5;
    private const int Copies = 50;

    public override string Name => "panel-graph";

    public override string What => $"graph of {Layers * Width} tasks in {Layers} layers, each after two of the layer before, with the states of a run";

    public override string Budget => $"≤ {PageTimes.Limit:0} ms, ≤ {PageSize.Limit / 1024} KB packed";

    protected override async Task<RowResult> MeasureAsync()
    {
        string[] dags = [.. Enumerable.Range(0, WarmUps + Copies).Select(i => $"graph{i}")];
        await using var site = await PanelSite.StartAsync(dags.Select(d => Scripts.Layers(d, Layers, Width)));
        await site.RunAllAsync(dags);
        var probe = new PageProbe(site);
        await probe.TimeEachAsync(dags.Take(WarmUps).Select(Path));
        var first = await probe.TimeEachAsync(dags.Skip(WarmUps).Select(Path));
        var path = Path(dags[0]);
        var (later, size) = (await probe.TimeAsync(path), await probe.SizeAsync(path));
        return new RowResult(
            $"drawn for the first time: {first}; later: {later}; {size}; first paint {await PaintAsync(site, path)}",
            await probe.EmptyRequestAsync(),
            first.IsWithin && later.IsWithin && size.IsWithin);
    }

    private static string Path(string dag) => $"dags/{dag}/graph";

    private static async Task<string> PaintAsync(PanelSite site, string path)
    {
        await using var window = await Window.TryStartAsync(site);
        return window is null ? "not measured: no chromium" : (await window.FirstPaintAsync(path)).Text("0", "ms");
    }
}
