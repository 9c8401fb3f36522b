using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Wizart.Flow.SampleService;

namespace Wizart.Flow.Providers.LoadTest.Tests;

/// <summary>The same service, measured by another tool: wrk, which keeps callers busy, gets as much through as the service holds.</summary>
public sealed partial class AgreementTests
{
    private const double Limit = 100; // 5 workers ÷ 50 ms

    [Fact]
    public async Task The_highest_rate_held_is_the_throughput_that_wrk_gets()
    {
        if (!File.Exists("/usr/bin/wrk"))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "wrk is not installed.");
            Assert.Skip("wrk is not installed.");
        }

        await using var service = await SampleServer.StartAsync(5, 50.Milliseconds());
        var throughput = await WrkAsync(service.Url);
        Assert.InRange(throughput, Limit * 0.6, Limit * 1.05); // a busy machine gets less through, none gets more

        var api = service.Api();
        var result = await LoadTest.Scenario("known", () => api.Get("/"))
            .FindCapacity(from: 90, upTo: 120, hold: 2.Seconds())
            .PassWhile(w => w.ErrorRate < 0.01 && w.P95 < 150.Milliseconds())
            .Precision(0.08)
            .Run(new RememberingContext());
        if (result.Outcome == CapacityOutcome.Found) Assert.InRange(result.MaxRps, throughput * 0.7, Limit * 1.1);
        else Assert.Contains(result.Outcome, new[] { CapacityOutcome.Inconclusive, CapacityOutcome.NothingHeld });
    }

    private static async Task<double> WrkAsync(string url)
    {
        using var wrk = Process.Start(new ProcessStartInfo("/usr/bin/wrk", ["-t1", "-c16", "-d4s", url]) { RedirectStandardOutput = true })!;
        var said = await wrk.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await wrk.WaitForExitAsync(TestContext.Current.CancellationToken);
        var rate = Rate().Match(said);
        Assert.True(rate.Success, said);
        return double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
