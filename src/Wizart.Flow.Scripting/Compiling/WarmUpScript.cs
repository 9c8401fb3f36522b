namespace Wizart.Flow.Scripting;

/// <summary>What the compiler is warmed up with: one of each thing that most scripts have.</summary>
internal static class WarmUpScript
{
    /// <summary>The script.</summary>
    public const string Text =
        """
        var limit = Param("limit", 10).Describe("How many");
        var dag = Dag("warm_up").Describe("Never run").Retry(1, Backoff.Exponential(TimeSpan.FromSeconds(1)));
        var rows = dag.Task("rows").From(dag.Interval, limit).Run((day, limit) => new[] { new Row($"{day.Start:O}", limit) });
        var sums = dag.Task("sums").From(rows).OnlyIf(rows => rows.Length > 0)
            .Run(rows => rows.GroupBy(r => r.Name).Select(g => new { g.Key, Sum = g.Sum(r => r.Amount) }).ToDictionary(g => g.Key, g => g.Sum));
        dag.Task("tell").From(sums, dag.Context).Run(async (sums, run) => { await Task.Yield(); run.Log($"{sums.Count}"); });
        record Row(string Name, decimal Amount);
        """;
}
