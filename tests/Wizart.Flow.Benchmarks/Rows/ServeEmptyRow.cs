using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>The real program's very first start: no database, no keys, no scripts.</summary>
internal sealed class ServeEmptyRow(RawLimits limits) : BenchmarkRow
{
    private const int Samples = 7;
    private const double Limit = 2;

    public override string Name => "serve-empty";

    public override string What => "`flow serve` → `/health` answers 200, an empty home, a new process each time";

    public override string Budget => $"≤ {Limit:0} s";

    protected override async Task<RowResult> MeasureAsync()
    {
        List<double> samples = [], processor = [];
        for (var i = 0; i <= Samples; i++)
        {
            using var folder = new TemporaryFolder();
            Directory.CreateDirectory(Path.Combine(folder.Path, "pipelines"));
            await using var daemon = DaemonProcess.Start(folder);
            var took = await daemon.ReadyAsync();
            if (i == 0) continue; // the first reads the program from the disk
            samples.Add(took.TotalSeconds);
            processor.Add(daemon.Processor.TotalSeconds);
        }

        var spread = new Spread(samples);
        return new RowResult(
            $"{spread.Text("0.00", "s")}, of it {new Spread(processor).Median:0.00} s of processor time",
            $"a bare .NET process starts and ends in {await limits.ProcessStartAsync():0.00} s",
            spread.Median <= Limit);
    }
}
