namespace Wizart.Flow.Providers.Charts.Tests;

/// <summary>One chart of each kind.</summary>
internal static class Samples
{
    public sealed record Step(int Rps, TimeSpan P95);

    public sealed record Hit(DateTimeOffset Time, string Endpoint, double Requests);

    public static readonly Step[] Steps = [.. Enumerable.Range(1, 14).Select(i => new Step(i * 20, TimeSpan.FromMilliseconds(40 + Math.Pow(i, 2.3))))];

    public static readonly Hit[] Hits =
    [
        .. from hour in Enumerable.Range(0, 48)
           from endpoint in new[] { "/search", "/products", "/cart" }
           select new Hit(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hour), endpoint,
               (1 + Math.Sin((hour - 8) / 24.0 * 2 * Math.PI)) * (endpoint.Length * 110) + (hour * 7 % 41)),
    ];

    public static IEnumerable<(string Name, Chart Chart)> All()
    {
        yield return ("p95", Chart.Line(Steps, s => s.Rps, s => s.P95.TotalMilliseconds).Title("p95 by request rate").X("requests/s").Y("ms"));
        yield return ("threshold", Chart.Line(Steps, s => s.Rps, s => s.P95.TotalMilliseconds, "p95").And(Steps, s => s.Rps, s => s.P95.TotalMilliseconds / 2, "p50")
            .Title("Latency by request rate").X("requests/s").Y("ms").Threshold(300, "limit 300 ms").FromZero());
        yield return ("time", Hits.GroupBy(h => h.Endpoint).Skip(1).Aggregate(
            Chart.Line(Hits.Where(h => h.Endpoint == "/search"), h => h.Time, h => h.Requests, "/search"),
            (chart, g) => chart.And(g, h => h.Time, h => h.Requests, g.Key)).Title("Requests by endpoint").Y("requests/h").In("Europe/Minsk"));
        yield return ("bars", Chart.Bars(Hits.GroupBy(h => h.Endpoint), g => g.Key, g => g.Sum(h => h.Requests), "March").And(Hits.GroupBy(h => h.Endpoint), g => g.Key, g => g.Sum(h => h.Requests) * 0.8, "February")
            .Title("Requests by endpoint").Y("requests"));
        yield return ("longbars", Chart.Bars(Enumerable.Range(1, 18), i => $"/api/v1/resource/{i}", i => i % 7).Title("Many bars").Y("requests"));
        yield return ("scatter", Chart.Scatter(Steps, s => s.Rps, s => s.P95.TotalMilliseconds, "runs").Title("Runs").X("requests/s").Y("ms"));
        yield return ("histogram", Chart.Histogram(Enumerable.Range(1, 2000), i => Math.Abs(Math.Sin(i) + Math.Cos(i * 3.0) + Math.Sin(i * 0.37)) * 100).Title("Latency").X("ms").Y("requests"));
        yield return ("heatmap", Chart.HeatMap(Hits.GroupBy(h => (h.Time.Hour, h.Endpoint)), g => $"{g.Key.Hour:00}", g => g.Key.Endpoint, g => Math.Round(g.Average(h => h.Requests) / 10)).Title("Requests by hour").X("hour (UTC)"));
        yield return ("empty", Chart.Line(Array.Empty<Step>(), s => s.Rps, s => s.P95.TotalMilliseconds).Title("p95 by request rate").X("requests/s").Y("ms"));
        yield return ("gaps", Chart.Line(Steps, s => s.Rps, s => s.Rps is 100 or 120 ? double.NaN : s.P95.TotalMilliseconds).Title("With gaps — Zażółć Привет").X("requests/s").Y("ms"));
    }
}
