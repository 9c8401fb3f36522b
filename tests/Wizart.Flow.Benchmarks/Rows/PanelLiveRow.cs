using System.Text.Json;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Panels;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>
/// From a change in the engine to those who look: to the event that tells of it, and to the page that shows it. Counted from the
/// time that the end of the run bears, which the engine takes before it commits.
/// </summary>
internal sealed class PanelLiveRow : BenchmarkRow
{
    private const int WarmUps = 5;
    private const int Samples = 40;
    private const int Behind = 3;
    private const double Limit = 200;

    // The page notes the time at which its head first shows the end; a MutationObserver is called before anything is painted.
    private const string Watch = """
        new MutationObserver(() => {
          if (!window.seenAt && document.querySelector("#run-head h1 .s-success"))
            requestAnimationFrame(() => { window.seenAt ??= performance.timeOrigin + performance.now(); });
        }).observe(document, { subtree: true, childList: true, attributes: true });
        """;

    public override string Name => "panel-live";

    public override string What => $"run ended (before the commit) → event at a client of `/live` → shown by a page that is open: a run of one task, and one whose last {Behind} end within some ms";

    public override string Budget => $"≤ {Limit:0} ms on the screen";

    protected override async Task<RowResult> MeasureAsync()
    {
        await using var site = await PanelSite.StartAsync(Scripts.Gated("alone", 0), Scripts.Gated("several", Behind));
        await using var window = await Window.TryStartAsync(site);
        var events = await EventsAsync(site);
        if (window is null) return new RowResult($"event {Text(events)}; screen not measured: no chromium", "", null);
        var alone = await ScreenAsync(site, window, "alone");
        var several = await ScreenAsync(site, window, "several");
        return new RowResult(
            $"event {Text(events)}; screen, one task {Text(alone)}; screen, the last of several {Text(several)}",
            await new PageProbe(site).EmptyRequestAsync(),
            alone.Median <= Limit && several.Median <= Limit);
    }

    private static string Text(Spread spread) => $"p50 {spread.Median:0} ms, p95 {spread.At(0.95):0} ms (n={spread.Count})";

    private static async Task<Spread> EventsAsync(PanelSite site)
    {
        var samples = new List<double>();
        using var stream = await site.Http.GetStreamAsync("live?watch=all");
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            // The event that says the stream is open.
        }

        for (var i = 0; i < WarmUps + Samples; i++)
        {
            var (run, gate) = await StartAsync(site, "alone");
            await File.WriteAllTextAsync(gate, "");
            var wanted = $"\"run\":{run},";
            while (await reader.ReadLineAsync() is { } line)
                if (line.Contains(wanted, StringComparison.Ordinal) && line.Contains("success", StringComparison.Ordinal)) break;
            var seen = TimeProvider.System.GetUtcNow();
            if (i >= WarmUps) samples.Add((seen - await EndAsync(site, run)).TotalMilliseconds);
        }

        return new Spread(samples);
    }

    private static async Task<Spread> ScreenAsync(PanelSite site, Window window, string dag)
    {
        var samples = new List<double>();
        var page = await window.OpenAsync();
        await page.AddInitScriptAsync(Watch);
        for (var i = 0; i < WarmUps + Samples; i++)
        {
            var (run, gate) = await StartAsync(site, dag);
            await page.GotoAsync($"runs/{run}");
            await page.WaitForSelectorAsync("[data-live-mark][data-on]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
            await page.WaitForSelectorAsync("#run-head h1 .s-running");
            await File.WriteAllTextAsync(gate, "");
            await page.WaitForFunctionAsync("() => window.seenAt");
            var seen = DateTimeOffset.UnixEpoch.AddMilliseconds(await page.EvaluateAsync<double>("window.seenAt"));
            if (i >= WarmUps) samples.Add((seen - await EndAsync(site, run)).TotalMilliseconds);
        }

        await page.Context.CloseAsync();
        return new Spread(samples);
    }

    private static async Task<(long Run, string Gate)> StartAsync(PanelSite site, string dag)
    {
        var gate = Path.Combine(site.Folder, $"gate-{Guid.NewGuid():N}");
        return (await site.TriggerAsync(dag, $$"""{"gate": {{JsonSerializer.Serialize(gate)}}}"""), gate);
    }

    private static async Task<DateTimeOffset> EndAsync(PanelSite site, long run) => (await site.RunAsync(run, wait: true)).GetProperty("endedAt").GetDateTimeOffset();
}
