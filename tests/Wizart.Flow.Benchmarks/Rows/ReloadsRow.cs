using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>The real program's memory before and after a script was saved many times.</summary>
internal sealed class ReloadsRow : BenchmarkRow
{
    private const int WarmUps = 100;
    private const int Reloads = 500;
    private const double Limit = 20;

    public override string Name => "reloads";

    public override string What => $"{Reloads} reloads, daemon memory (after {WarmUps} to warm up)";

    public override string Budget => $"flat, ±{Limit:0} MB";

    protected override async Task<RowResult> MeasureAsync()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Path.Combine("pipelines", "prices.csx"), Scripts.SixtyLines("prices", 0).Text);
        await using var daemon = DaemonProcess.Start(folder);
        await daemon.ReadyAsync();
        await ReloadAsync(daemon, folder, 1, WarmUps);
        var before = await daemon.MemoryAsync();
        await ReloadAsync(daemon, folder, WarmUps + 1, Reloads / 2);
        var between = await daemon.MemoryAsync();
        await ReloadAsync(daemon, folder, WarmUps + 1 + Reloads / 2, Reloads - Reloads / 2);
        var after = await daemon.MemoryAsync();
        return new RowResult(
            $"{before:0} MB → {between:0} MB after {Reloads / 2} → {after:0} MB after {Reloads} ({after - before:+0;-0;0} MB)",
            "",
            Math.Abs(after - before) <= Limit);
    }

    private static async Task ReloadAsync(DaemonProcess daemon, TemporaryFolder folder, int from, int count)
    {
        var version = await daemon.VersionAsync("prices");
        for (var i = from; i < from + count; i++)
        {
            folder.Write(Path.Combine("pipelines", "prices.csx"), Scripts.SixtyLines("prices", i).Text);
            version = await daemon.NextVersionAsync("prices", version);
        }
    }
}
