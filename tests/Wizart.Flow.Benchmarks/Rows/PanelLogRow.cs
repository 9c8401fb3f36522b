using System.Diagnostics;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Panels;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>The page of a task with a long log: the page, the first lines that it loads, and all of them.</summary>
internal sealed class PanelLogRow : BenchmarkRow
{
    private const int Lines = 100_000;
    private const int First = 2_000; // as Tasks/log.js loads them
    private const int More = 20_000;
    private const int Looks = 5;

    public override string Name => "panel-log";

    public override string What => $"task with a log of {Lines:N0} lines: the page, the first {First:N0} lines, and the others in pieces of {More:N0}";

    public override string Budget => $"≤ {PageTimes.Limit:0} ms, ≤ {PageSize.Limit / 1024} KB packed, page and first lines each";

    protected override async Task<RowResult> MeasureAsync()
    {
        await using var site = await PanelSite.StartAsync(Scripts.LongLog("long", Lines));
        var run = (await site.RunAllAsync(["long"]))[0];
        var path = $"runs/{run}/tasks/write";
        var probe = new PageProbe(site);
        var (page, pageSize) = (await probe.TimeAsync(path), await probe.SizeAsync(path));
        var (first, firstSize) = (await probe.TimeAsync(Piece(path, 1, First)), await probe.SizeAsync(Piece(path, 1, First)));
        var (piece, pieceSize) = (await probe.TimeAsync(Piece(path, First + 1, More)), await probe.SizeAsync(Piece(path, First + 1, More)));
        return new RowResult(
            $"page {page}; {pageSize}; first lines {first}; {firstSize}; each other piece {piece}; {pieceSize}; {await LookAsync(site, path)}",
            await probe.EmptyRequestAsync(),
            page.IsWithin && first.IsWithin && pageSize.IsWithin && firstSize.IsWithin);
    }

    private static string Piece(string path, int from, int count) => $"{path}/log?attempt=1&from={from}&count={count}";

    // What a person waits for: something to see, then the first lines, then the last.
    private static async Task<string> LookAsync(PanelSite site, string path)
    {
        await using var window = await Window.TryStartAsync(site);
        if (window is null) return "first paint not measured: no chromium";
        var paint = await window.FirstPaintAsync(path);
        var (begun, done) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Looks; i++)
        {
            var page = await window.OpenAsync();
            var start = Stopwatch.GetTimestamp();
            await page.GotoAsync(path, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit });
            await page.WaitForSelectorAsync(".log [data-n='1']", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
            if (i > 0) begun.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await page.WaitForSelectorAsync($".log [data-n='{Lines}']", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
            if (i > 0) done.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await page.Context.CloseAsync();
        }

        return $"first paint {paint.Text("0", "ms")}, first lines there after {new Spread(begun).Text("0", "ms")}, all of them after {new Spread(done).Text("0", "ms")}";
    }
}
