// How quick is the catalogue API at a fixed rate? The team's own locustfile, at a strict rate; recorded, charted and told, every night.
var api    = Connection<HttpApi>("catalogue-api");
var google = Connection<GoogleSheets>("metrics-sheet");
var teams  = Connection<TeamsChannel>("performance");

var rps      = Param("rps", 50).Between(1, 2_000).Describe("Requests per second, all users together");
var users    = Param("users", 100).Between(1, 5_000).Describe("The most requests under way at once");
var runTime  = Param("run_time", 2.Minutes()).Describe("How long the load is kept up");
var p95Limit = Variable("p95_limit", 300.Milliseconds());

var dag = Dag("load_test_report_locust")
    .Describe("Sends a fixed load to the catalogue API with Locust, and reports how quickly it answers")
    .Tags("metrics", "load-test")
    .Schedule(Daily.At("04:00").In("Europe/Minsk"))
    .MaxActiveRuns(1)
    .OnFailure(teams);

var load = dag.Task("load")
    .From(api, rps, users, runTime, p95Limit, dag.Context)
    .Queue("load-generators")
    .Timeout(30.Minutes())
    .Run((api, rps, users, runTime, p95, run) => Locust.Run(
        "locustfile.py", api, users, runTime,
        rps: rps,
        stop: w => w.ErrorRate > 0.5 || w.P95 > p95 * 10,
        run: run));

var endpoints = dag.Task("endpoints")
    .From(load)
    .Run(result => result.Endpoints
        .Select(e => new EndpointRow(e.Name, e.Requests, e.Failures, Math.Round(e.Rps, 1), e.P50.TotalMilliseconds, e.P95.TotalMilliseconds, e.P99.TotalMilliseconds))
        .ToArray());

var csv = dag.Task("csv").From(endpoints).Run(rows => Csv.Write("endpoints.csv", rows));

var sheet = dag.Task("sheet")
    .From(google, endpoints, dag.LogicalDate)
    .After(csv)
    .Retry(5, Backoff.Exponential(10.Seconds()))
    .Run((google, rows, date) => google.Upsert("Locust", rows, key: r => new { date, r.Endpoint }));

var chart = dag.Task("chart")
    .From(load, p95Limit)
    .Run((result, limit) => Chart.Line(result.Total.Seconds, s => s.Time, s => s.P95.TotalMilliseconds)
        .Title("p95 of the last ten seconds").Y("ms")
        .Threshold(limit.TotalMilliseconds, "limit")
        .Png("p95.png"));

dag.Task("tell")
    .From(teams, load, p95Limit, sheet, chart)
    .Run((teams, result, limit, sheet, chart) => teams.Post(new Card(Headline(result, limit))
        .Fact("p95", $"{result.Total.P95.TotalMilliseconds:N0} ms")
        .Fact("Requests", $"{result.Total.Requests:N0}, {result.Total.ErrorRate:P1} failed")
        .Fact("Rate", $"{result.Total.Rps:N0}/s of {result.Pace?.Rps:N0}/s")
        .Image(chart)
        .Link("All endpoints", sheet.Url)));

static string Headline(LocustResult result, TimeSpan limit) =>
    result.Stopped is { } stopped ? $"The load test of the catalogue API was stopped: {stopped}"
    : result.Inconclusive is { } why ? $"The load test of the catalogue API says nothing certain: {why}"
    : result.Total.P95 > limit ? $"The catalogue API is too slow at {result.Pace?.Rps:N0} requests/s"
    : $"The catalogue API is quick at {result.Pace?.Rps:N0} requests/s";

record EndpointRow(string Endpoint, long Requests, long Failures, double Rps, double P50Ms, double P95Ms, double P99Ms);
