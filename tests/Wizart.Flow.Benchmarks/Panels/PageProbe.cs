using System.Diagnostics;
using System.Net.Http.Headers;
using Wizart.Flow.Benchmarks.Figures;

namespace Wizart.Flow.Benchmarks.Panels;

/// <summary>Asks a daemon for pages as a browser does, over loopback on a connection that is kept.</summary>
internal sealed class PageProbe(PanelSite site)
{
    private const int WarmUps = 20;
    private const int Samples = 60;

    /// <summary>Milliseconds from the request to the last byte of the packed answer, one request after the other.</summary>
    public async Task<PageTimes> TimeAsync(string path)
    {
        for (var i = 0; i < WarmUps; i++) await TimeOnceAsync(path);
        return await TimeEachAsync(Enumerable.Repeat(path, Samples));
    }

    /// <summary>The same of different paths, each asked for once.</summary>
    public async Task<PageTimes> TimeEachAsync(IEnumerable<string> paths)
    {
        var samples = new List<double>();
        var before = site.Processor;
        foreach (var path in paths) samples.Add(await TimeOnceAsync(path));
        return new PageTimes(new Spread(samples), (site.Processor - before).TotalMilliseconds / samples.Count);
    }

    /// <summary>How large it is.</summary>
    public async Task<PageSize> SizeAsync(string path) => new(await BytesAsync(path, "identity"), await BytesAsync(path, "br"), await BytesAsync(path, "gzip"));

    /// <summary>What a request costs that asks for nothing, as a text.</summary>
    public async Task<string> EmptyRequestAsync() => $"`/alive` of the same daemon: {(await TimeAsync("alive")).Spread.Median:0.0} ms";

    private async Task<double> TimeOnceAsync(string path)
    {
        var start = Stopwatch.GetTimestamp();
        await BytesAsync(path, "br");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private async Task<long> BytesAsync(string path, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var response = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{path} is answered with {(int)response.StatusCode}.");
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        while (await body.ReadAsync(buffer) is > 0 and var read) bytes += read;
        return bytes;
    }
}
