using System.Diagnostics;
using System.Globalization;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>A folder with very many scripts. <c>FLOW_TEST_FILES</c> says how many.</summary>
public sealed class ManyFilesTests(ITestOutputHelper output)
{
    private readonly int _files = Setting.Number("FLOW_TEST_FILES", 1000);

    [Fact]
    public async Task All_are_taken_and_the_next_start_compiles_none_of_them()
    {
        using var home = new DaemonHome();
        for (var i = 0; i < _files; i++)
        {
            var id = i.ToString("0000", CultureInfo.InvariantCulture);
            home.Write($"team_{i % 10}/dag_{id}.csx", $$"""Dag("dag_{{id}}").Task("one").Run(() => {{i}});""");
        }

        var first = await StartAsync(home);
        var images = Images(home);
        Assert.True(images.Count >= _files);
        var second = await StartAsync(home);
        Assert.Equal(images, Images(home));
        output.WriteLine($"{_files} files: ready after {first.TotalSeconds:0.0} s, then after {second.TotalSeconds:0.0} s.");
    }

    private async Task<TimeSpan> StartAsync(DaemonHome home)
    {
        var start = Stopwatch.GetTimestamp();
        await using var daemon = await DaemonProcess.StartAsync(home);
        var time = Stopwatch.GetElapsedTime(start);
        var dags = await daemon.Api.DagsAsync();
        Assert.Equal(_files, dags.Length);
        Assert.All(dags, d => Assert.Equal(1, d.Version));
        Assert.Empty(await daemon.Api.ErrorsAsync());
        Assert.Equal(0, await daemon.StopAsync());
        return time;
    }

    private static SortedDictionary<string, DateTime> Images(DaemonHome home)
    {
        var files = Directory.EnumerateFiles(Path.Combine(home.State, "images"), "*.dll", SearchOption.AllDirectories);
        return new SortedDictionary<string, DateTime>(files.ToDictionary(f => f, File.GetLastWriteTimeUtc), StringComparer.Ordinal);
    }
}
