using System.Globalization;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>Reads what a run has left in its folder.</summary>
internal static class LocustResults
{
    private const double MostDropped = 0.02;

    public static LocustResult Read(
        LocustOrder order, LocustFolder folder, HistoryReader history, LocustReport report, string? stopped, DateTimeOffset startedAt, TimeSpan took)
    {
        var endpoints = folder.Rows("stats").Select(row => Endpoint(row, history)).ToArray();
        var pace = report.Paced is { } told && order.Rps is { } rps
            ? new LocustPace(rps, told.Offered, told.Dropped, TimeSpan.FromMilliseconds(told.LatenessP99Ms))
            : null;
        return new LocustResult
        {
            Total = endpoints.LastOrDefault(IsTotal) ?? Nothing(history),
            Endpoints = [.. endpoints.Where(e => !IsTotal(e))],
            Failures = [.. folder.Rows("failures").Select(r => new LocustFailure(r.Text("Method"), r.Text("Name"), r.Text("Error"), r.Count("Occurrences")))],
            Problems = [.. folder.Rows("exceptions").Select(r => new LocustProblem(r.Text("Message"), r.Text("Traceback").Trim(), r.Count("Count")))],
            Stopped = stopped,
            Inconclusive = pace is not null && pace.Dropped > pace.Offered * MostDropped ? Shortfall(pace, order.Users) : null,
            Pace = pace,
            Host = order.Host.Url.ToString(),
            Users = order.Users,
            StartedAt = startedAt,
            Took = took,
            ExitCode = report.ExitCode,
        };
    }

    private static bool IsTotal(LocustEndpoint endpoint) => endpoint is { Method: "", Name: HistoryReader.TotalName };

    private static string Shortfall(LocustPace pace, int users) => string.Create(
        CultureInfo.InvariantCulture,
        $"only {pace.Offered - pace.Dropped} of {pace.Offered} tasks were started; the others found none of the {users} users free, "
        + $"because the service was too slow for so few or this machine for so many");

    private static LocustEndpoint Endpoint(CsvRow row, HistoryReader history)
    {
        var percentiles = row.Columns
            .Where(c => c.EndsWith('%'))
            .ToDictionary(c => double.Parse(c[..^1], CultureInfo.InvariantCulture), row.Milliseconds);
        return new LocustEndpoint
        {
            Method = row.Text("Type"),
            Name = row.Text("Name"),
            Requests = row.Count("Request Count"),
            Failures = row.Count("Failure Count"),
            Rps = row.Number("Requests/s"),
            Mean = row.Milliseconds("Average Response Time"),
            Min = row.Milliseconds("Min Response Time"),
            Max = row.Milliseconds("Max Response Time"),
            P50 = row.Milliseconds("50%"),
            P90 = row.Milliseconds("90%"),
            P95 = row.Milliseconds("95%"),
            P99 = row.Milliseconds("99%"),
            Percentiles = percentiles,
            MeanBytes = row.Number("Average Content Size"),
            Seconds = history.Of(row.Text("Type"), row.Text("Name")),
        };
    }

    private static LocustEndpoint Nothing(HistoryReader history) => new()
    {
        Method = "",
        Name = HistoryReader.TotalName,
        Requests = history.Seconds.Sum(s => s.Requests),
        Failures = history.Seconds.Sum(s => s.Failures),
        Rps = 0,
        Mean = default,
        Min = default,
        Max = default,
        P50 = default,
        P90 = default,
        P95 = default,
        P99 = default,
        Percentiles = new Dictionary<double, TimeSpan>(),
        MeanBytes = 0,
        Seconds = history.Seconds,
    };
}
