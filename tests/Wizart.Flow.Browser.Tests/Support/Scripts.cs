namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>DAGs that bring every state and every kind of content onto the pages, quickly and always the same way.</summary>
internal static class Scripts
{
    /// <summary>A run that ends with every state a task may end in.</summary>
    public const string EveryState = """
        var dag = Dag("every_state")
            .Describe("Ends in **every state** there is. See [the handbook](/handbook).")
            .Tags("shop", "nightly").Owner("Data team");
        var gpu = Pool("gpu", 2);
        var orders = dag.Task("extract").Describe("Reads the orders").Pool(gpu).From(dag.Context).Run(run =>
        {
            run.Log("1,204 orders");
            run.Log("two of them have no country", LogLevel.Warning);
            run.Metric("orders", 1204);
            run.Metric("orders_by_country", 700, ("country", "by"));
            run.Metric("orders_by_country", 504, ("country", "lt"));
            return new[] { 3, 1, 4, 1, 5, 9 };
        });
        var checks = dag.Group("checks");
        var count = checks.Task("count").From(orders).Run(orders => orders.Length);
        checks.Task("sum").From(orders).Run(orders => orders.Sum());
        var deep = checks.Group("deep");
        deep.Task("order").From(count).Run(count => count > 0);
        var priced = dag.Task("price").ForEach(orders).Named(order => $"order {order}").Run(order =>
        {
            if (order == 4) throw new InvalidOperationException("Order 4 has no price.");
            return order * 2;
        });
        dag.Task("publish").From(priced).Run(prices => prices.Sum());
        dag.Task("flaky").From(dag.Context).Retry(2, Backoff.Fixed(50.Milliseconds())).Run(run =>
        {
            if (run.Attempt == 1) throw new TimeoutException("The shop did not answer.");
            return run.Attempt;
        });
        dag.Task("nothing_new").From(orders).OnlyIf(orders => orders.Length > 100).Run(orders => orders.Length);
        dag.Task("parse").From(orders).Run(orders => Reader.Parse("twelve"));
        dag.Task("after_parse").After(count).Run(() => throw new Skip("nothing to do on Sundays"));

        static class Reader
        {
            public static int Parse(string text)
            {
                if (!int.TryParse(text, out var number))
                    throw new FormatException($"'{text}' is not a number.");
                return number;
            }
        }
        """;

    /// <summary>Files of every kind that is shown in place.</summary>
    public const string Report = """
        var dag = Dag("report").Describe("Files of every kind").Tags("shop").Owner("Reports");
        dag.Task("write").From(dag.Context).Run(run =>
        {
            run.Artifact("totals.csv", "country,orders,share\nBelarus,700,58 %\nLithuania,504,42 %\n");
            run.Artifact("notes.md", "# Totals\n\nTwo **countries**.\n\n- Belarus\n- Lithuania\n\n<script>window.pwned = 1</script>");
            run.Artifact("report.html", "<!doctype html><h1>Report</h1><p id=said>as written</p><script>document.getElementById('said').textContent = 'a script ran'; parent.pwned = 1</script>");
            run.Artifact("dot.png", Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC"));
            run.Artifact("raw.bin", new byte[] { 1, 2, 3 });
            run.Metric("p95_ms", 80 + run.RunId % 7);
            return new { Orders = 1204, Countries = new[] { "Belarus", "Lithuania" } };
        });
        """;

    /// <summary>Params of every kind.</summary>
    public const string Order = """
        var brand = Param("brand", "oak").Describe("Whose prices").Matching("^[a-z]+$").Section("What");
        var size = Param("size", Size.Medium).Section("What");
        var colour = Param("colour", "red").OneOf("red", "green").Section("What");
        var count = Param("count", 1).Between(1, 10).Describe("How many").Section("How many");
        var share = Param("share", 0.5).Section("How many");
        var dry = Param("dry", true).Describe("Only looks").Section("How");
        var day = Param("day", new DateOnly(2026, 11, 1)).Section("When");
        var at = Param("at", new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero)).Section("When");
        var pause = Param("pause", 15.Minutes()).Section("When");
        var extra = Param("extra", new[] { 1, 2, 3 }).Section("How");
        var reason = Param<string>("reason").Required().Describe("Why it is ordered");
        var dag = Dag("order").Describe("Params of every kind");
        dag.Task("take").From(brand, count, reason, dry, colour, size)
            .Run((brand, count, reason, dry, colour, size) => $"{count} {colour} {brand} {size} {dry}: {reason}");
        dag.Task("time").From(share, day, at, pause, extra).Run((share, day, at, pause, extra) => $"{share} {day:O} {at:O} {pause} {extra.Length}");

        enum Size { Small, Medium, Large }
        """;

    /// <summary>A task that waits for a file of the run's own, so that a test decides when it goes on.</summary>
    public const string Gated = """
        var gate = Param("gate", "");
        var dag = Dag("gated").Describe("Goes on when a test says so").MaxActiveRuns(30);
        var before = dag.Task("before").Run(() => 1);
        var wait = dag.Task("wait").From(before, gate, dag.Context).Run(async (before, gate, run) =>
        {
            run.Log("waiting for the gate");
            run.Progress(0.4, "two of five");
            while (!System.IO.File.Exists(gate)) await Task.Delay(20, run.Cancellation);
            run.Log("the gate is open");
            return before;
        });
        dag.Task("after").From(wait).Run(wait => wait);
        """;

    /// <summary>DAGs that run for the first time when a test says so.</summary>
    public const string Firsts = """
        Dag("first_in_grid").Task("one").Run(() => 1);
        Dag("first_in_graph").Task("one").Run(() => 1);
        Dag("first_in_gantt").Task("one").Run(() => 1);
        """;

    /// <summary>One that runs, and one that is behind it in the queue, for as long as the tests do.</summary>
    public const string Queue = """
        var dag = Dag("one_at_a_time").MaxActiveRuns(1);
        dag.Task("work").From(dag.Context).Run(async run =>
        {
            run.Progress(0.4, "2 of 5");
            run.Log("at it");
            await Task.Delay(-1, run.Cancellation);
        });
        """;

    public const string LongLog = """
        var dag = Dag("long_log");
        dag.Task("write").From(dag.Context).Run(run =>
        {
            for (var i = 1; i <= 100_000; i++) run.Log(i == 77_777 ? "here is the needle" : $"line {i} of the log", i % 1000 == 0 ? LogLevel.Warning : LogLevel.Information);
        });
        """;

    public const string Approval = """
        var percent = Param("percent", 10).Between(0, 100).Describe("Of all users");
        var dag = Dag("release");
        var asked = dag.Task("ask").From(dag.Context).Approve(run => new Form($"Release run {run.RunId}?").Text("All **checks** are fine.").Ask(percent));
        dag.Task("publish").From(asked).Run(decision => $"{decision.Get<int>("percent")} % by {decision.By}: {decision.Comment}");
        """;

    public const string Assets = """
        var prices = Asset<int>("shop://prices");
        Dag("maker").Task("make").Run(() => 7).Into(prices);
        var follower = Dag("follower").Schedule(prices);
        follower.Task("take").From(prices).Run(price => price * 2);
        """;

    /// <summary>Tries to get markup and scripts onto pages by every way a script has.</summary>
    public const string Hostile = """"
        const string Markup = """<script>window.pwned=1</script><img src=x onerror="window.pwned=1">""";
        var word = Param("word", Markup).Describe("Say " + Markup);
        var dag = Dag("hostile").Describe(Markup + " and [a link](javascript:window.pwned=1)").Owner(Markup).Tags("<b>bold</b>");
        dag.Task("say").Describe(Markup).From(dag.Context, word).Run((run, word) =>
        {
            run.Log(Markup);
            run.Log("\u001b[31mred\u001b[0m & <b>bold</b>");
            run.Artifact("<img src=x onerror=window.pwned=1>.md", Markup + "\n\n[a link](javascript:window.pwned=1)");
            run.Artifact("drawn.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='window.parent.pwned=1'><script>window.parent.pwned=1</script></svg>");
            return word;
        });
        dag.Task("fail").Run(() => throw new InvalidOperationException(Markup));
        """";

    public const string Never = """
        Dag("never_ran").Task("one").Run(() => 1);
        Dag("pausing").Task("one").Run(() => 1);
        Dag("again").Task("one").Run(() => 1);
        Dag("paused_by_keys").Task("one").Run(() => 1);
        Dag("plain").Task("one").Run(() => 1);
        """;

    /// <summary>A DAG with days that were missed, in two versions.</summary>
    public static string Daily(DateOnly since, int version) => $$"""
        var dag = Dag("daily").Describe("Runs every day").Schedule(Daily.At("06:00").In("Europe/Minsk")).StartingOn("{{since:O}}").Owner("Data team").Tags("nightly");
        var read = dag.Task("read").From(dag.Interval).Run(day => $"{day.Start:O} {{version}}");
        dag.Task("write").From(read).Run(text => text.Length);
        """;

    /// <summary>Days that go on until they are cancelled.</summary>
    public const string Endless = """
        var dag = Dag("endless").Schedule(Daily.At("06:00").In("UTC")).StartingOn("2026-06-01");
        dag.Task("wait").From(dag.Context).Run(async run => await Task.Delay(-1, run.Cancellation));
        """;

    public const string Fine = """
        Dag("broken").Task("one").Run(() => 1);
        """;

    public const string Broken = """
        var dag = Dag("broken");
        dag.Task("one").Run(() => 1);
        dag.Task("two").From(missing).Run(x => x);
        """;
}
