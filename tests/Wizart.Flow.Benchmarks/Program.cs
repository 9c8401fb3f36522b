using System.Globalization;
using Wizart.Flow.Benchmarks;
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
    new FanOutRow("fan-out", "10,000 independent tasks in one run, SQLite", limits, Scripts.FanOut("fan", 10_000), "fan", 10_000),
    new FanOutRow("mapped", "10,000 mapped instances of one task, SQLite", limits, Scripts.Mapped("mapped", 10_000), "mapped", 10_000),
    new FanOutRow("large-dag", "3,000 tasks in 30 layers, each after two of the layer before, SQLite", limits, Scripts.Layers("large", 30, 100), "large", 3_000),
    new PunctualityRow(limits),
    new SaveToLiveRow(limits),
    new ServeReadyRow(limits),
    new ServeEmptyRow(limits),
    new ReloadsRow(),
    new PanelPageRow(
        "panel-grid", "grid of 100 runs × 200 tasks in 20 groups", [Scripts.Groups("shop", 20, 10, 100)], [.. Enumerable.Repeat("shop", 100)], "dags/shop/grid?count=100"),
    new PanelPageRow(
        "panel-dags", "list of 1,000 DAGs with 14 runs each", Enumerable.Range(0, 20).Select(i => Scripts.ManyDags("dag", i * 50, 50)),
        [.. Enumerable.Range(0, 14_000).Select(i => $"dag_{i % 1_000}")], "dags"),
    new PanelLogRow(),
    new PanelGraphRow(),
    new PanelLiveRow(),
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
