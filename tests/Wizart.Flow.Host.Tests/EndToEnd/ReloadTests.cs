using System.Globalization;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>A script is saved again and again. <c>FLOW_TEST_RELOADS</c> says how often after the first 100 (100 by default; the real figure is 500).</summary>
public sealed class ReloadTests(ITestOutputHelper output)
{
    private const int WarmUp = 100;
    private const long Megabyte = 1024 * 1024;
    private readonly int _reloads = Setting.Number("FLOW_TEST_RELOADS", 100);

    [Fact]
    public async Task The_daemons_memory_stays_flat()
    {
        using var home = new DaemonHome();
        Save(home, 0);
        await using var daemon = await DaemonProcess.StartAsync(home);
        for (var i = 1; i <= WarmUp; i++) await ReloadAsync(home, daemon, i);
        var before = ProcessTable.ResidentBytes(daemon.Id);
        for (var i = WarmUp + 1; i <= WarmUp + _reloads; i++)
        {
            await ReloadAsync(home, daemon, i);
            if (i % 50 == 0) output.WriteLine($"{i}: {ProcessTable.ResidentBytes(daemon.Id) / Megabyte} MB");
        }

        var after = ProcessTable.ResidentBytes(daemon.Id);
        output.WriteLine($"{_reloads} reloads: {before / Megabyte} MB before, {after / Megabyte} MB after.");
        Assert.True(after - before < 20 * Megabyte, $"The daemon grew from {before / Megabyte} to {after / Megabyte} MB in {_reloads} reloads.");

        var run = await daemon.Api.RunToEndAsync("changing");
        Assert.Equal(RunState.Success, run.State);
        Assert.Equal(WarmUp + _reloads, await daemon.Api.OutputAsync<int>(run.Id, "give"));
    }

    private static async Task ReloadAsync(DaemonHome home, DaemonProcess daemon, int number)
    {
        Save(home, number);
        await daemon.Api.DagAsync("changing", d => d.Version == number + 1);
    }

    private static void Save(DaemonHome home, int number) => home.Write("changing.csx", $$"""
        var dag = Dag("changing").Describe("Save number {{number.ToString(CultureInfo.InvariantCulture)}}").Schedule(Daily.At("06:00"));
        var given = dag.Task("give").Run(() => {{number.ToString(CultureInfo.InvariantCulture)}});
        var doubled = dag.Task("double").From(given, dag.Interval).Run((n, day) => new Row(day.Start, n * 2));
        dag.Task("tell").From(doubled, dag.Context).Run((row, run) => run.Log($"{row.Day:O} {row.Number}"));

        record Row(DateTimeOffset Day, int Number);
        """);
}
