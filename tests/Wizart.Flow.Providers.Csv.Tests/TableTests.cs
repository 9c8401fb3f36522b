using System.Text.Json;

namespace Wizart.Flow.Providers.Csv.Tests;

public class TableTests
{
    private sealed record Hit(string Endpoint, DateOnly Day, int Requests, TimeSpan Took);

    private sealed record Total(string Endpoint, long Requests);

    private static readonly Table Hits = Table.Of<Hit>(
    [
        new("/search", new DateOnly(2026, 1, 1), 100, TimeSpan.FromSeconds(1)),
        new("/cart", new DateOnly(2026, 1, 1), 20, TimeSpan.FromSeconds(2)),
        new("/search", new DateOnly(2026, 1, 2), 150, TimeSpan.FromSeconds(3)),
        new("/search", new DateOnly(2026, 1, 3), 75, TimeSpan.FromSeconds(5)),
    ]);

    [Fact]
    public void Records_become_a_table_and_records_again()
    {
        Assert.Equal(["Endpoint", "Day", "Requests", "Took"], Hits.Columns);
        Assert.Equal(new Hit("/cart", new DateOnly(2026, 1, 1), 20, TimeSpan.FromSeconds(2)), Hits.To<Hit>()[1]);
        Assert.Equal(100L, Hits.Rows[0]["requests"]);
        Assert.Equal(1, Hits.Rows[0].Number("Took"));
        Assert.Equal(100, Hits.Rows[0].Get<int>("Requests"));
    }

    [Fact]
    public void Columns_are_chosen_left_out_renamed_and_added()
    {
        Assert.Equal(["Requests", "Day"], Hits.Select("requests", "Day").Columns);
        Assert.Equal(["Endpoint", "Requests", "Took"], Hits.Without("Day").Columns);
        Assert.Equal(["Path", "Day", "Requests", "Took"], Hits.Rename("Endpoint", "Path").Columns);
        var more = Hits.With("Twice", r => r.Get<int>("Requests") * 2).With("Requests", _ => 1);
        Assert.Equal([200L, 40L, 300L, 150L], more["Twice"]);
        Assert.Equal([1L, 1L, 1L, 1L], more["Requests"]);
        Assert.Equal([100L, 20L, 150L, 75L], Hits["Requests"]);
    }

    [Fact]
    public void Rows_are_chosen_ordered_and_cut()
    {
        Assert.Equal([100L, 150L], Hits.Where(r => r.Number("Requests") > 90)["Requests"]);
        Assert.Equal([20L, 75L, 100L, 150L], Hits.OrderBy("Requests")["Requests"]);
        Assert.Equal([20L, 150L, 100L, 75L], Hits.OrderByDescending("Requests").OrderBy("Endpoint")["Requests"]);
        Assert.Equal([20L, 75L, 100L, 150L], Hits.OrderBy("Endpoint", "Requests")["Requests"]);
        Assert.Equal([20L, 150L], Hits.Skip(1).Take(2)["Requests"]);
    }

    [Fact]
    public void Groups_are_reduced()
    {
        var totals = Hits.GroupBy("Endpoint").Select(
            Aggregate.Count(), Aggregate.Sum("Requests").As("Requests"), Aggregate.Mean("Requests"), Aggregate.Min("Day"), Aggregate.Max("Took"),
            Aggregate.Median("Requests"), Aggregate.Percentile("Requests", 25), Aggregate.CountDistinct("Day"), Aggregate.First("Requests"), Aggregate.Last("Requests"));

        Assert.Equal(
            ["Endpoint", "count", "Requests", "mean_Requests", "min_Day", "max_Took", "median_Requests", "p25_Requests", "distinct_Day", "first_Requests", "last_Requests"],
            totals.Columns);
        Assert.Equal(
            ["/search", 3L, 325L, 325 / 3.0, new DateOnly(2026, 1, 1), TimeSpan.FromSeconds(5), 100.0, 87.5, 3L, 100L, 75L],
            totals.Rows[0].Values);
        Assert.Equal(new Total("/cart", 20), totals.To<Total>()[1]);
        Assert.Equal([345L], Hits.GroupBy().Select(Aggregate.Sum("Requests"))["sum_Requests"]);
        Assert.Equal([TimeSpan.FromSeconds(11)], Hits.GroupBy().Select(Aggregate.Sum("Took"))["sum_Took"]);
    }

    [Fact]
    public void Nothing_has_no_mean()
    {
        var table = Table.Of(["a", "b"], [["x", null], ["x", null]]);
        Assert.Equal(["x", null, null, 2L], table.GroupBy("a").Select(Aggregate.Mean("b"), Aggregate.Max("b"), Aggregate.Count()).Rows[0].Values);
        Assert.Equal(["x", 0L], table.GroupBy("a").Select(Aggregate.Sum("b")).Rows[0].Values);
    }

    [Fact]
    public void A_pivot_has_a_column_for_each_value()
    {
        var pivot = Hits.Pivot("Day", "Endpoint", Aggregate.Sum("Requests"));
        Assert.Equal(["Day", "/cart", "/search"], pivot.Columns);
        Assert.Equal([new DateOnly(2026, 1, 1), 20L, 100L], pivot.Rows[0].Values);
        Assert.Equal([new DateOnly(2026, 1, 2), null, 150L], pivot.Rows[1].Values);
    }

    [Fact]
    public void Tables_are_joined_by_equal_values()
    {
        var owners = Table.Of(["Endpoint", "Owner"], [["/search", "Ann"], ["/search", "Bob"], [null, "Nobody"]]);
        Assert.Equal(["Ann", "Bob", "Ann", "Bob", "Ann", "Bob"], Hits.Join(owners, "Endpoint")["Owner"]);
        Assert.Equal(["Ann", "Bob", null, "Ann", "Bob", "Ann", "Bob"], Hits.LeftJoin(owners, "Endpoint")["Owner"]);
        var prices = Table.Of(["Requests", "Price"], [[100.0, 1m]]);
        Assert.Equal(1m, Assert.Single(Hits.Join(prices, "Requests").Rows)["Price"]);
        Assert.Contains("'Day'", Assert.Throws<ArgumentException>(() => Hits.Join(Hits, "Endpoint")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_roll_and_changes_are_in_percent()
    {
        var search = Hits.Where(r => r.Text("Endpoint") == "/search");
        Assert.Equal([null, 125.0, 112.5], search.Rolling("Requests", 2)["rolling_Requests"]);
        Assert.Equal([null, 250.0, 225.0], search.Rolling("Requests", 2, v => v.Sum(), "sum")["sum"]);
        Assert.Equal([null, 50.0, -50.0], search.PercentChange("Requests")["change_Requests"]);
        Assert.Equal([null, null, -25.0], search.PercentChange("Requests", 2)["change_Requests"]);
        Assert.Equal([null, null, null], Table.Of(["a"], [[0], [5], [null]]).PercentChange("a")["change_a"]);
        Assert.Equal([null, 50.0, null], Table.Of(["a"], [[-10], [-5], [null]]).PercentChange("a")["change_a"]);
    }

    [Fact]
    public void Tables_are_put_below_each_other_by_name()
    {
        var both = Table.Of(["a", "b"], [[1, "x"]]).Append(Table.Of(["B", "c"], [["y", true]]));
        Assert.Equal(["a", "b", "c"], both.Columns);
        Assert.Equal([1L, "x", null], both.Rows[0].Values);
        Assert.Equal([null, "y", true], both.Rows[1].Values);
    }

    [Fact]
    public void Text_and_markdown_are_for_people()
    {
        var table = Table.Of(["name", "share"], [["a|b", 0.123456], ["long name", 12]]);
        Assert.Equal("name        share\n---------  ------\na|b        0.1235\nlong name      12\n", table.ToString());
        Assert.Equal("| name | share |\n| --- | ---: |\n| a\\|b | 0.1235 |\n| long name | 12 |\n", table.ToMarkdown());
    }

    [Fact]
    public void A_file_becomes_a_table_with_types()
    {
        var table = Csv.ParseTable("code,n,x,when,day,took,ok,mixed,empty\n007,1,1.5,2026-01-01T10:00:00Z,2026-01-01,00:00:01,true,1,\n049,2,2,2026-01-02T10:00:00+02:00,2026-01-02,00:00:02,false,b,\n");
        Assert.Equal(
            ["007", 1L, 1.5, new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.Zero), new DateOnly(2026, 1, 1), TimeSpan.FromSeconds(1), true, "1", null],
            table.Rows[0].Values);
        Assert.Equal("code,n,x,when,day,took,ok,mixed,empty", Csv.Text(table).Split('\n')[0]);
        Assert.Equal(table.Rows[1].Values, Csv.ParseTable(Csv.Text(table)).Rows[1].Values);
    }

    [Fact]
    public void A_table_crosses_from_task_to_task()
    {
        var table = Hits.With("Share", r => r.Number("Requests") / 345).With("Note", r => r.Number("Requests") > 90 ? "" : null);
        var read = JsonSerializer.Deserialize<Table>(JsonSerializer.Serialize(table))!;
        Assert.Equal(table.Columns, read.Columns);
        Assert.Equal(table.Rows.SelectMany(r => r.Values), read.Rows.SelectMany(r => r.Values));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Table>("""{"columns":["a"],"types":["text"],"rows":[[]]}"""));
    }

    [Fact]
    public void A_column_that_is_not_there_is_told_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Hits.Select("Country"));
        Assert.Contains("no column 'Country'. There are 'Endpoint', 'Day', 'Requests', 'Took'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Hits.GroupBy("Endpoint").Select(Aggregate.Sum("Country")));
        Assert.Throws<ArgumentException>(() => Table.Of(["a", "A"], []));
        Assert.Throws<ArgumentException>(() => Table.Of(["a"], [[1, 2]]));
        Assert.Throws<InvalidOperationException>(() => Hits.Rows[0].Number("Endpoint"));
        Assert.Contains("'nope' is no number", Assert.Throws<InvalidOperationException>(() => Table.Of(["a"], [["nope"]]).Rows[0].Get<double>("a")).Message, StringComparison.Ordinal);
    }
}
