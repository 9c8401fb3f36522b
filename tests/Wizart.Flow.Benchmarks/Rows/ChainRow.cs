using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Benchmarks.Limits;
using Wizart.Flow.Benchmarks.Nodes;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>Forty tasks, each of which takes the output of the one before.</summary>
internal sealed class ChainRow(string name, RawLimits limits, bool onPostgres) : BenchmarkRow
{
    private const int Tasks = 40;
    private const int WarmUps = 100;
    private const int Samples = 40;

    public override string Name => name;

    public override string What =>
        $"{Tasks} trivial tasks in a chain, trigger → success, durable, isolated workers, {(onPostgres ? "PostgreSQL" : "SQLite")}";

    public override string Budget => $"≤ {Limit:0.00} s";

    private double Limit => onPostgres ? 0.08 : 0.03;

    protected override async Task<RowResult> MeasureAsync()
    {
        var rawLimit = onPostgres ? await limits.PostgresChainAsync(Tasks) : await limits.SqliteChainAsync(Tasks);
        var database = onPostgres ? await limits.NewPostgresDatabaseAsync() : null;
        await using var node = await BenchmarkNode.StartAsync(database, Scripts.Chain("chain", Tasks));
        for (var i = 0; i < WarmUps; i++) await node.RunAsync("chain");
        var samples = new List<double>();
        for (var i = 0; i < Samples; i++) samples.Add((await node.RunAsync("chain")).Took.TotalSeconds);
        var spread = new Spread(samples);
        return new RowResult(
            spread.Text("0.0000", "s"),
            $"bare loop of {Tasks} × (socket round trip to a process + commit): {rawLimit:0.0000} s",
            spread.Median <= Limit);
    }
}
