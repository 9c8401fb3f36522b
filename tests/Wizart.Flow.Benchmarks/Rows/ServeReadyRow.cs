using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>The real program, started again over scripts that it has compiled before.</summary>
internal sealed class ServeReadyRow(RawLimits limits) : BenchmarkRow
{
    private const int ScriptCount = 50;
    private const int Samples = 7;
    private const double Limit = 2;

    public override string Name => "serve-ready";

    public override string What => $"`flow serve` → ready, {ScriptCount} unchanged scripts, a new process each time";

    public override string Budget => $"≤ {Limit:0} s, no compilation";

    protected override async Task<RowResult> MeasureAsync()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < ScriptCount; i++) folder.Write(Path.Combine("pipelines", $"script{i}.csx"), Scripts.SixtyLines($"dag{i}", i).Text);
        await using (var first = DaemonProcess.Start(folder)) await first.ReadyAsync();

        var images = Images(folder);
        var samples = new List<double>();
        for (var i = 0; i < Samples; i++)
        {
            await using var daemon = DaemonProcess.Start(folder);
            samples.Add((await daemon.ReadyAsync()).TotalSeconds);
        }

        var spread = new Spread(samples);
        var isUntouched = images.SetEquals(Images(folder));
        return new RowResult(
            $"{spread.Text("0.00", "s")}; {(isUntouched ? "no image was written" : "images were written anew")}",
            $"a bare .NET process starts and ends in {await limits.ProcessStartAsync():0.00} s",
            spread.Median <= Limit && isUntouched);
    }

    private static HashSet<(string, DateTime)> Images(TemporaryFolder folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder.Path, "state", "images"), "*.dll", SearchOption.AllDirectories)
            .Select(file => (file, File.GetLastWriteTimeUtc(file)))];
}
