// How often is each endpoint of the API called? A day's requests from its access logs, kept by day and reported over time.
using System.IO.Compression;
using System.Text.RegularExpressions;

var reports = Connection<Database>("reports");
var folder  = Param("logs", "logs").Describe("Folder of access logs in the combined format: access.log, access.log.1, access.log.2.gz");
var last    = Variable("api_usage_days", 30);

var dag = Dag("api_usage_report")
    .Describe("Requests per endpoint over time, from the access logs of the API")
    .Tags("metrics", "report")
    .Schedule(Daily.In("Europe/Minsk"));

var files = dag.Task("files")
    .Describe("The logs that may hold lines of the day: those written to since it began")
    .From(folder, dag.Interval)
    .Run((folder, day) => AccessLog.Files(folder, day.Start));

var counted = dag.Task("count")
    .ForEach(files).Named(file => Path.GetFileName(file)).AtMost(4)
    .From(dag.Interval)
    .Run((file, day) => AccessLog.Count(file, day));

var usage = dag.Task("sum_up")
    .From(counted, dag.Interval, dag.Context)
    .Run((logs, day, run) =>
    {
        var (lines, unreadable) = (logs.Sum(log => log.Lines), logs.Sum(log => log.Unreadable));
        foreach (var log in logs.Where(log => log.Unreadable > 0))
            run.Log($"{log.File}: {log.Unreadable} of {log.Lines} lines can't be read; the first is line {log.FirstUnreadable}", LogLevel.Warning);
        if (unreadable > lines * 0.01) throw new Fail($"{unreadable} of {lines} lines can't be read: is this the combined log format?");

        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(day.Start, TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk")).DateTime);
        return logs.SelectMany(log => log.Endpoints)
            .GroupBy(e => e.Endpoint)
            .Select(g => new Usage(date, g.Key, g.Sum(e => e.Requests), g.Sum(e => e.Errors)))
            .OrderByDescending(u => u.Requests).ThenBy(u => u.Endpoint)
            .ToArray();
    });

var kept = dag.Task("keep")
    .From(reports, usage, dag.Context)
    .Run(async (db, usage, run) =>
    {
        run.Metric("api_requests", usage.Sum(u => u.Requests));
        run.Metric("api_errors", usage.Sum(u => u.Errors));
        await db.Upsert("api_usage", usage, key: u => new { u.Day, u.Endpoint });
        return usage.Length;
    });

dag.Task("report")
    .From(reports, usage, last, Trend("api_requests", last: 30), Trend("api_errors", last: 30))
    .After(kept)
    .Run(async (db, today, days, requests, errors) =>
    {
        if (today.Length == 0) throw new Skip("no request in that time");
        var (to, from) = (today[0].Day, today[0].Day.AddDays(1 - days));
        var past = await db.Query<Usage>($"select day, endpoint, requests, errors from api_usage where day >= {from} and day <= {to} order by day");
        var most = past.GroupBy(u => u.Endpoint).OrderByDescending(g => g.Sum(u => u.Requests)).Take(5).ToArray();
        var chart = Chart.Line(most[0], u => u.Day, u => u.Requests, most[0].Key);
        foreach (var endpoint in most[1..]) chart.And(endpoint, u => u.Day, u => u.Requests, endpoint.Key);

        return Report.Titled("API usage")
            .Subtitle($"{to:yyyy-MM-dd}")
            .Headline("Requests", today.Sum(u => u.Requests), "", requests, Better.Higher)
            .Headline("Errors (5xx)", today.Sum(u => u.Errors), "", errors, Better.Lower)
            .Chart(chart.Title($"Requests per day, since {from:yyyy-MM-dd}").Y("requests").FromZero())
            .Section("Endpoints")
            .Table(today.Select(u => new { u.Endpoint, u.Requests, u.Errors, Share = Math.Round(100.0 * u.Requests / today.Sum(t => t.Requests), 1) }))
            .Save("api_usage.html");
    });

record Usage(DateOnly Day, string Endpoint, long Requests, long Errors);
record EndpointCount(string Endpoint, long Requests, long Errors);
record LogCount(string File, long Lines, long Unreadable, long FirstUnreadable, EndpointCount[] Endpoints);

/// <summary>Access logs of Apache and nginx in the combined format, rotated and packed as logrotate leaves them.</summary>
static class AccessLog
{
    // 203.0.113.9 - - [22/Nov/2026:06:25:24 +0000] "GET /products/42?size=l HTTP/1.1" 200 5316 "-" "curl/8.5"
    static readonly Regex Line = new(
        """^\S+ \S+ \S+ \[(?<time>[^\]]+)\] "(?<method>[A-Z]+) (?<path>\S+)[^"]*" (?<status>\d{3}) """, RegexOptions.Compiled);

    // Numbers and long hexadecimal parts of a path are values, not names.
    static readonly Regex Value = new("/(?:[0-9]+|[0-9a-fA-F-]{16,})(?=/|$)", RegexOptions.Compiled);

    public static string[] Files(string folder, DateTimeOffset since)
    {
        if (!Directory.Exists(folder)) throw new Fail($"There is no folder {Path.GetFullPath(folder)}. Set the param 'logs'.");
        var logs = Directory.GetFiles(folder, "access.log*");
        if (logs.Length == 0) throw new Fail($"There is no access.log in {Path.GetFullPath(folder)}.");
        return logs.Where(file => File.GetLastWriteTimeUtc(file) >= since.UtcDateTime).Order(StringComparer.Ordinal).ToArray();
    }

    public static LogCount Count(string file, DataInterval day)
    {
        var (lines, unreadable, firstUnreadable) = (0L, 0L, 0L);
        var counts = new Dictionary<string, (long Requests, long Errors)>();
        foreach (var line in Lines(file))
        {
            lines++;
            var match = Line.Match(line);
            if (!match.Success || Time(match.Groups["time"].Value) is not { } time)
            {
                if (unreadable++ == 0) firstUnreadable = lines;
                continue;
            }

            if (time < day.Start || time >= day.End) continue;
            var endpoint = $"{match.Groups["method"].Value} {Value.Replace(match.Groups["path"].Value.Split('?')[0], "/{id}")}";
            var (requests, errors) = counts.GetValueOrDefault(endpoint);
            counts[endpoint] = (requests + 1, errors + (match.Groups["status"].Value[0] == '5' ? 1 : 0));
        }

        return new LogCount(Path.GetFileName(file), lines, unreadable, firstUnreadable, [.. counts.Select(c => new EndpointCount(c.Key, c.Value.Requests, c.Value.Errors))]);
    }

    static IEnumerable<string> Lines(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz") ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    static DateTimeOffset? Time(string text) => DateTimeOffset.TryParseExact(
        text, "dd/MMM/yyyy:HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time) ? time : null;
}
