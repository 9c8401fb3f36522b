using System.Text.Json;
using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests.Model;

public sealed class ModelJsonTests
{
    [Fact]
    public void The_shape_of_hello_etl()
    {
        var model = Declared.Dag(HelloEtl);
        Assert.Equal(["extract", "transform", "load"], model.Tasks.Select(t => t.Id));
        Assert.Equal("Order[]", model.Tasks[0].Output!.Name);
        Assert.Equal("CountryTotal[]", model.Tasks[1].Output!.Name);
        Assert.Null(model.Tasks[2].Output);
        Assert.Equal([[], [0], [1]], model.Tasks.Select(t => t.Upstream));
        Assert.Equal("(_, rows) => rows.Length > 0", model.Tasks[2].Condition);
        Assert.All(model.Tasks, t => Assert.Equal(new RetryModel(3, Backoff.Exponential(30.Seconds())), t.Retry));
        Assert.Equal(["Connection shop FakeShop", "Interval  DataInterval"], model.Tasks[0].Inputs.Select(i => $"{i.Kind} {i.Name} {i.Type}"));
        Assert.Equal("0 6 * * *", Assert.IsType<CronScheduleModel>(model.Schedule).Expression);
        Assert.True(model.Catchup);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(3)), model.StartingOn);
    }

    [Fact]
    public void A_model_is_the_same_after_JSON()
    {
        SameAfterJson(Declared.Dag(HelloEtl));
        SameAfterJson(Declared.Dag(() => Dag("a").Task("x").Run(() => { })));
        SameAfterJson(Declared.Dag(() => Dag("b").Describe("b").Tags("t").Owner("o").EndingOn("2027-01-01").Catchup(3).MaxActiveRuns(1)
            .MaxActiveTasks(1).Timeout(1.Hours()).Priority(-1).Paused().Retry(2, Backoff.Fixed(TimeSpan.Zero))
            .Task("x").From(Param("p", 5).Between(0, 9).OneOf(5, 6), Param<string?>("q", (string?)null).Matching("a"), Variable("v", 0))
            .When(Always).Retry(0).Run((p, q, v) => v)));
    }

    public static TheoryData<TimeSchedule> EverySchedule =>
    [
        Cron("0 6 * * *"), Daily.At("06:00").In("Europe/Minsk").AtStart().Jitter(5.Seconds()).Except(Calendar("2026-12-25")),
        Every(15.Minutes()), Once, Continuously, On("2026-12-24", "2027-01-01T06:00+03:00"),
    ];

    [Theory]
    [MemberData(nameof(EverySchedule))]
    public void Every_kind_of_schedule_is_the_same_after_JSON(TimeSchedule schedule)
    {
        var back = SameAfterJson(Declared.Dag(() => Dag("a").Schedule(schedule).Task("x").Run(() => { }))).Schedule;
        Assert.Equal(schedule.Model.GetType(), back!.GetType());
    }

    [Fact]
    public void A_description_with_its_diagnostics_is_the_same_after_JSON()
    {
        var description = Declared.Script(() => Dag("bad id").Task("x"));
        var json = JsonSerializer.Serialize(description, ModelJson.Default.ScriptDescription);
        var back = JsonSerializer.Deserialize(json, ModelJson.Default.ScriptDescription)!;
        Assert.Equal(description.Diagnostics, back.Diagnostics);
        Assert.False(back.IsValid);
    }

    [Fact]
    public void A_diagnostic_reads_as_a_compiler_writes_it() => Assert.Equal(
        "catalogue.csx(22,40): error FLOW001: Twice.",
        new Diagnostic("FLOW001", "Twice.", new SourceLocation("catalogue.csx", 22, 40)).ToString());

    private static DagModel SameAfterJson(DagModel model)
    {
        var json = JsonSerializer.Serialize(model, ModelJson.Default.DagModel);
        var back = JsonSerializer.Deserialize(json, ModelJson.Default.DagModel)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, ModelJson.Default.DagModel));
        Assert.Equivalent(model with { Params = [] }, back with { Params = [] }, strict: true);
        Assert.Equal(model.Tasks.Select(t => t.Retry), back.Tasks.Select(t => t.Retry));
        Assert.Equal(model.Params.Select(p => p.Default?.GetRawText()), back.Params.Select(p => p.Default?.GetRawText()));
        return back;
    }

    private static void HelloEtl()
    {
        var shop = Connection<FakeShop>("shop");
        var warehouse = Connection<FakeDatabase>("warehouse");

        var dag = Dag("hello_etl")
            .Describe("Yesterday's orders, totalled by country")
            .Schedule(Daily.At("06:00").In("Europe/Minsk"))
            .StartingOn("2026-11-01")
            .Catchup()
            .Retry(3, Backoff.Exponential(30.Seconds()));

        var orders = dag.Task("extract")
            .From(shop, dag.Interval)
            .Run((shop, day) => shop.Get<Order[]>($"/orders?from={day.Start:O}&to={day.End:O}"));

        var totals = dag.Task("transform")
            .From(orders, dag.Interval)
            .Run((orders, day) => orders
                .GroupBy(o => o.Country)
                .Select(g => new CountryTotal(day.Start, g.Key, g.Sum(o => o.Amount)))
                .ToArray());

        dag.Task("load")
            .From(warehouse, totals)
            .OnlyIf((_, rows) => rows.Length > 0)
            .Run((db, rows) => db.Upsert("country_totals", rows, key: t => new { t.Day, t.Country }));
    }

    private sealed record Order(string Country, decimal Amount);

    private sealed record CountryTotal(DateTimeOffset Day, string Country, decimal Amount);

    private sealed class FakeShop
    {
        public Task<T> Get<T>(string path) => throw new NotSupportedException(path);
    }

    private sealed class FakeDatabase
    {
        public Task Upsert<T>(string table, IEnumerable<T> rows, Func<T, object> key) => throw new NotSupportedException(table);
    }
}
