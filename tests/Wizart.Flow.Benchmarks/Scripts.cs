namespace Wizart.Flow.Benchmarks;

/// <summary>The scripts that are measured: file name and text.</summary>
internal static class Scripts
{
    /// <summary>Each task takes the output of the one before.</summary>
    public static (string File, string Text) Chain(string dagId, int tasks, string settings = "") => ($"{dagId}.csx",
        $$"""
        var dag = Dag("{{dagId}}"){{settings}};
        var last = dag.Task("t0").Run(() => 0);
        for (var i = 1; i < {{tasks}}; i++) last = dag.Task($"t{i}").From(last).Run(n => n + 1);
        """);

    /// <summary>Tasks that wait for nothing.</summary>
    public static (string File, string Text) FanOut(string dagId, int tasks) => ($"{dagId}.csx",
        $$"""
        var dag = Dag("{{dagId}}");
        for (var i = 0; i < {{tasks}}; i++) dag.Task($"t{i}").Run(() => 1);
        """);

    /// <summary>One task, mapped over a list.</summary>
    public static (string File, string Text) Mapped(string dagId, int elements) => ($"{dagId}.csx",
        $$"""
        var dag = Dag("{{dagId}}");
        dag.Task("each").ForEach(Enumerable.Range(0, {{elements}}).ToArray()).Run(n => n + 1);
        """);

    /// <summary>Layers of tasks, each after two of the layer before.</summary>
    public static (string File, string Text) Layers(string dagId, int layers, int width) => ($"{dagId}.csx",
        $$"""
        var dag = Dag("{{dagId}}");
        Output<int>[] before = [];
        for (var layer = 0; layer < {{layers}}; layer++)
        {
            var now = new Output<int>[{{width}}];
            for (var i = 0; i < {{width}}; i++)
            {
                var task = dag.Task($"t{layer}_{i}");
                now[i] = layer == 0 ? task.Run(() => 1) : task.From(before[i], before[(i + 1) % {{width}}]).Run((a, b) => (a + b) % 10);
            }

            before = now;
        }
        """);

    /// <summary>A body that gives the time at which it began.</summary>
    public static (string File, string Text) EverySecond(string dagId) => ($"{dagId}.csx",
        $"""
        Dag("{dagId}").Schedule(Every(1.Seconds()).AtStart()).Task("now").Run(() => DateTimeOffset.UtcNow);
        """);

    /// <summary>Groups of tasks, each task after one of the group before; now and then one fails.</summary>
    public static (string File, string Text) Groups(string dagId, int groups, int tasks, int runs) => ($"{dagId}.csx",
        $$"""
        var dag = Dag("{{dagId}}").MaxActiveRuns({{runs}});
        var before = new Output<int>[{{tasks}}];
        for (var g = 0; g < {{groups}}; g++)
        {
            var (at, group) = (g, dag.Group($"part{g}"));
            for (var i = 0; i < {{tasks}}; i++)
            {
                var number = i;
                before[i] = g == 0
                    ? group.Task($"step{i}").Run(() => 1)
                    : group.Task($"step{i}").From(before[i], dag.Context).Run((n, run) => (run.RunId + number + at) % 397 == 0 ? throw new InvalidOperationException("one of many") : n);
            }
        }
        """);

    /// <summary>Many DAGs of one task with owners, tags and schedules; every seventh run fails.</summary>
    public static (string File, string Text) ManyDags(string prefix, int first, int count) => ($"{prefix}_{first}.csx",
        $$"""
        for (var i = {{first}}; i < {{first + count}}; i++)
        {
            var dag = Dag($"{{prefix}}_{i}").Describe($"The {i}th of many").Owner($"team {i % 12}").Tags($"tag{i % 9}", i % 2 == 0 ? "even" : "odd").Schedule(Daily.At($"{i % 24:00}:{i % 60:00}")).MaxActiveRuns(20);
            dag.Task("work").From(dag.Context).Run(run => run.RunId % 7 == 0 ? throw new InvalidOperationException("one of seven") : 1);
        }
        """);

    /// <summary>A task that logs many lines.</summary>
    public static (string File, string Text) LongLog(string dagId, int lines) => ($"{dagId}.csx",
        $$"""
        var dag = Dag("{{dagId}}");
        dag.Task("write").From(dag.Context).Run(run =>
        {
            for (var i = 1; i <= {{lines}}; i++)
                run.Log($"order {i * 7919 % 1_000_003}: {i % 13} prices of shop-{i % 101} read in {i * 31 % 997} ms", i % 1000 == 0 ? LogLevel.Warning : LogLevel.Information);
        });
        """);

    /// <summary>A task that ends when a file is there, and others behind it.</summary>
    public static (string File, string Text) Gated(string dagId, int behind) => ($"{dagId}.csx",
        $$"""
        var gate = Param("gate", "");
        var dag = Dag("{{dagId}}");
        var last = dag.Task("wait").From(gate, dag.Context).Run(async (gate, run) =>
        {
            while (!System.IO.File.Exists(gate)) await Task.Delay(5, run.Cancellation);
            return 1;
        });
        for (var i = 0; i < {{behind}}; i++) last = dag.Task($"then{i}").From(last).Run(n => n);
        """);

    /// <summary>Sixty lines as an author would write them; the number is the change.</summary>
    public static (string File, string Text) SixtyLines(string dagId, int number) => ($"{dagId}.csx",
        $$"""
        // Prices of all shops, cleaned, compared with the day before, and summed up.
        var region = Param("region", "EU").Describe("Which shops").OneOf("EU", "US", "ASIA");
        var limit = Param("limit", 100).Describe("How many rows at most").Between(1, 10_000);
        var shop = Connection<HttpApi>("shop");
        var warehouse = Connection<Database>("warehouse");

        var dag = Dag("{{dagId}}")
            .Describe("Prices of all shops, summed up")
            .Tags("prices", "daily")
            .Schedule(Daily.At("06:00").In("Europe/Berlin"))
            .Retry(2, Backoff.Exponential(10.Seconds()));

        var raw = dag.Task("extract")
            .From(shop, region, limit)
            .Run((shop, region, limit) => shop.Get<Price[]>($"/prices?region={region}&limit={limit}"));

        var clean = dag.Task("clean")
            .From(raw)
            .Run(rows => rows
                .Where(row => row.Amount > 0 && !string.IsNullOrWhiteSpace(row.Shop))
                .Select(row => row with { Shop = row.Shop.Trim().ToLowerInvariant() })
                .DistinctBy(row => (row.Shop, row.Product))
                .ToArray());

        var sums = dag.Task("sum")
            .From(clean, dag.Interval)
            .Run((rows, day) => rows
                .GroupBy(row => row.Shop)
                .Select(group => new ShopTotal(
                    day.Start,
                    group.Key,
                    group.Count(),
                    group.Sum(row => row.Amount),
                    group.Average(row => row.Amount)))
                .OrderByDescending(total => total.Sum)
                .ToArray());

        var dearest = dag.Task("dearest")
            .From(clean)
            .OnlyIf(rows => rows.Length > 0)
            .Run(rows => rows.MaxBy(row => row.Amount)!.Product);

        dag.Task("store")
            .From(warehouse, sums)
            .Timeout(5.Minutes())
            .Run((db, totals) => db.Upsert("shop_totals", totals, key: t => new { t.Day, t.Shop }));

        dag.Task("tell")
            .From(sums, dearest, dag.Context)
            .Run((totals, product, run) =>
            {
                foreach (var total in totals) run.Log($"{total.Shop}: {total.Count} prices, {total.Sum} in sum");
                run.Log($"The dearest is {product}; edition {{number}}");
                return totals.Length;
            });

        record Price(string Shop, string Product, decimal Amount);
        record ShopTotal(DateTimeOffset Day, string Shop, int Count, decimal Sum, decimal Average);
        """);
}
