using System.Text.Json;
using Wizart.Flow.Metrics;
using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests.Metrics;

public sealed class TrendTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 10, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_trend_is_an_input_that_says_which_values_it_takes()
    {
        var dag = Declared.Dag(() => Dag("etl").Task("t").From(Trend("p95", last: 5, ("b", "2"), ("a", "1")).Of("load_test")).Run(p => p.Count));
        var input = Assert.Single(dag.Tasks[0].Inputs);
        Assert.Equal((InputKind.Trend, "p95", "Trend"), (input.Kind, input.Name, input.Type.Name));
        var again = JsonSerializer.Deserialize(JsonSerializer.Serialize(dag, ModelJson.Default.DagModel), ModelJson.Default.DagModel)!.Tasks[0].Inputs[0].Trend!;
        Assert.Equal(("p95", 5, "load_test"), (again.Name, again.Last, again.DagId));
        Assert.Equal([("a", "1"), ("b", "2")], again.Tags.Select(t => (t.Key, t.Value)));
        Assert.Equal(input.Trend!.Key, again.Key);
    }

    [Fact]
    public void Other_questions_have_other_keys()
    {
        var other = Dag2();
        TrendInput[] trends =
        [
            Trend("a"), Trend("b"), Trend("a", 11), Trend("a", 10, ("x", "1")), Trend("a", 10, ("x", "2")), Trend("a", 10, ("y", "1")), Trend("a").Of("d"), Trend("a").Of(other).Of("e"),
        ];
        var keys = trends.Select(t => ((IInput<Trend>)t).Describe().Trend!.Key);
        Assert.Equal(trends.Length, keys.Distinct().Count());

        static Dag Dag2()
        {
            using var scope = ScriptScope.Begin();
            return Dag("d");
        }
    }

    [Theory]
    [InlineData("", 10, "k", "v", "can't be the name of a metric")]
    [InlineData("a b", 10, "k", "v", "'a b' can't be the name of a metric")]
    [InlineData("a/b", 10, "k", "v", "can't be the name of a metric")]
    [InlineData("a", 0, "k", "v", "The last 0 values can't be taken: from 1 to 10000")]
    [InlineData("a", 10_001, "k", "v", "from 1 to 10000")]
    [InlineData("a", 10, "", "v", "'' can't be the name of a tag")]
    [InlineData("a", 10, "k\"", "v", "can't be the name of a tag")]
    [InlineData("a", 10, "k", null, "Tag 'k' has no value")]
    public void What_can_not_be_is_told_where_it_is_taken(string name, int last, string key, string? value, string why)
    {
        var wrong = Declared.Error(() => Dag("etl").Task("t").From(Trend(name, last, (key, value!))).Run(p => p.Count));
        Assert.Equal(FlowCodes.BadTrend, wrong.Code);
        Assert.StartsWith("Task 't' takes a trend that can't be: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("TrendTests.cs", wrong.Location!.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_given_twice_too_many_and_too_long_ones_are_refused()
    {
        Assert.Null(MetricRules.WhyNotTags([("страна", ""), ("b", new string('x', 200))]));
        Assert.Contains("given twice: a, a", MetricRules.WhyNotTags([("a", "1"), ("a", "2")])!, StringComparison.Ordinal);
        Assert.Contains("has 201 characters", MetricRules.WhyNotTags([("a", new string('x', 201))])!, StringComparison.Ordinal);
        Assert.Contains("There are 17 tags", MetricRules.WhyNotTags([.. Enumerable.Range(0, 17).Select(i => ($"t{i}", ""))])!, StringComparison.Ordinal);
        Assert.Null(MetricRules.WhyNotName(new string('x', 200)));
        Assert.NotNull(MetricRules.WhyNotName(new string('x', 201)));
        Assert.NotNull(MetricRules.WhyNotName(null));
    }

    [Fact]
    public void Its_figures_are_those_of_its_points()
    {
        var trend = new Trend("p95", [Point(3, 120), Point(1, 80), Point(2, 100)]);
        Assert.Equal([80.0, 100, 120], trend.Points.Select(p => p.Value));
        Assert.Equal((3, false, 120.0, 100.0, 80.0, 120.0), (trend.Count, trend.IsEmpty, trend.Last, trend.Average, trend.Minimum, trend.Maximum));
        Assert.Equal(-25, trend.Change(90));
        Assert.Equal(100.0, trend.At(Day.AddDays(2))!.Value);
        Assert.Equal(100.0, trend.At(Day.AddDays(3).AddTicks(-1))!.Value);
        Assert.Equal(25, trend.At(Day.AddDays(1))!.Change(100));
        Assert.Equal(120.0, trend.At(Day.AddDays(99))!.Value);
        Assert.Null(trend.At(Day));
        Assert.Equal("p95: 3 values, last 120, average 100", trend.ToString());
    }

    [Fact]
    public void Without_points_its_figures_are_null_and_of_zero_nothing_is_a_percentage()
    {
        var empty = new Trend("p95", []);
        Assert.Equal((0, true), (empty.Count, empty.IsEmpty));
        Assert.All([empty.Last, empty.Average, empty.Minimum, empty.Maximum, empty.Change(5)], Assert.Null);
        Assert.Null(empty.At(Day));
        Assert.Null(new Trend("p95", [Point(1, 0)]).Change(5));
        Assert.Equal(150, new Trend("p95", [Point(1, -10)]).Change(5));
    }

    private static TrendPoint Point(int day, double value) => new(Day.AddDays(day), value, day, Day, new Dictionary<string, string>());
}
