using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Panels;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>One page of the panel, of a daemon that has much to show on it.</summary>
/// <param name="name">The row's name.</param>
/// <param name="what">What the page shows.</param>
/// <param name="scripts">The scripts.</param>
/// <param name="dags">What is run before, and how often.</param>
/// <param name="path">The page, from the address on.</param>
internal sealed class PanelPageRow(
    string name, string what, IEnumerable<(string File, string Text)> scripts, IReadOnlyList<string> dags, string path) : BenchmarkRow
{
    public override string Name => name;

    public override string What => what;

    public override string Budget => $"≤ {PageTimes.Limit:0} ms, ≤ {PageSize.Limit / 1024} KB packed";

    protected override async Task<RowResult> MeasureAsync()
    {
        await using var site = await PanelSite.StartAsync(scripts);
        await site.RunAllAsync(dags);
        var probe = new PageProbe(site);
        var (times, size) = (await probe.TimeAsync(path), await probe.SizeAsync(path));
        return new RowResult(
            $"{times}; {size}; first paint {await PaintAsync(site)}",
            await probe.EmptyRequestAsync(),
            times.IsWithin && size.IsWithin);
    }

    private async Task<string> PaintAsync(PanelSite site)
    {
        await using var window = await Window.TryStartAsync(site);
        return window is null ? "not measured: no chromium" : (await window.FirstPaintAsync(path)).Text("0", "ms");
    }
}
