using System.Globalization;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Rows;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [Echo.PipeVerb]) return Echo.OverPipe();
if (args is [Echo.SocketVerb, var path]) return Echo.OverSocket(path);

await using var limits = new RawLimits();
BenchmarkRow[] all =
[
    new ChainRow("chain", limits, onPostgres: false),
    new ChainRow("chain-postgres", limits, onPostgres: true),
    new ManyRunsRow(limits),
    new FanOutRow(limits),
    new PunctualityRow(limits),
    new SaveToLiveRow(limits),
    new ServeReadyRow(limits),
    new ReloadsRow(),
];
if (args.FirstOrDefault(name => all.All(row => row.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no row '{unknown}'. There are: {string.Join(", ", all.Select(row => row.Name))}; none means all.");
    return 2;
}

var table = new ResultTable();
foreach (var row in all.Where(row => args.Length == 0 || args.Contains(row.Name)))
{
    Console.Error.WriteLine($"measuring {row.Name}: {row.What}");
    var load = Machine.Load;
    var result = await row.TryMeasureAsync();
    Console.Error.WriteLine($"  {result.Measured} (load before {load}, after {Machine.Load})");
    table.Add(row, result);
}

Console.WriteLine(Machine.Description);
Console.WriteLine();
Console.WriteLine(table.ToMarkdown());
foreach (var line in await limits.KnownAsync()) Console.WriteLine(line);
return 0;
