// How are our own DAGs doing? Reads this daemon's run history, and keeps a table of durations and failures per DAG and day.
var flow    = Connection<HttpApi>("flow");
var reports = Connection<Database>("reports");

var dag = Dag("self_report")
    .Describe("Durations and failures of all DAGs, summed up from the daemon's own history")
    .Tags("metrics", "sample")
    .Schedule(Every(5.Minutes()))
    .MaxActiveRuns(1)
    .Retry(2, Backoff.Exponential(5.Seconds()));

var runs = dag.Task("read")
    .Describe("The newest thousand runs, whatever their state")
    .From(flow)
    .Run(api => api.Get<Run[]>("/api/v1/runs?count=1000"));

var summary = dag.Task("sum_up")
    .From(runs)
    .Run(runs => runs
        .Where(r => r.EndedAt is not null && r.StartedAt is not null)
        .GroupBy(r => new { r.DagId, Day = DateOnly.FromDateTime(r.EndedAt!.Value.UtcDateTime) })
        .Select(g => new DagDay(
            g.Key.DagId,
            g.Key.Day,
            Runs: g.Count(),
            Failed: g.Count(r => r.State == "failed"),
            MeanSeconds: Math.Round(g.Average(r => (r.EndedAt!.Value - r.StartedAt!.Value).TotalSeconds), 3),
            SlowestSeconds: Math.Round(g.Max(r => (r.EndedAt!.Value - r.StartedAt!.Value).TotalSeconds), 3)))
        .OrderBy(d => d.DagId).ThenBy(d => d.Day)
        .ToArray());

dag.Task("store")
    .From(reports, summary)
    .OnlyIf((_, days) => days.Length > 0)
    .Run((db, days) => db.Upsert("dag_days", days, key: d => new { d.DagId, d.Day }));

dag.Task("csv")
    .From(summary, dag.Context)
    .Run((days, run) =>
    {
        run.Log($"{days.Length} rows");
        run.Metric("failed_runs", days.Sum(d => d.Failed));
        var rows = days.Select(d => FormattableString.Invariant(
            $"{d.DagId},{d.Day:O},{d.Runs},{d.Failed},{d.MeanSeconds},{d.SlowestSeconds}"));
        return run.Artifact("dag_days.csv", "dag,day,runs,failed,mean_seconds,slowest_seconds\n" + string.Join("\n", rows) + "\n");
    });

record Run(long Id, string DagId, string State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);
record DagDay(string DagId, DateOnly Day, int Runs, int Failed, double MeanSeconds, double SlowestSeconds);
