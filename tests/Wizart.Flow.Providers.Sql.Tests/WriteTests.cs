using System.ComponentModel.DataAnnotations.Schema;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Sql.Tests;

public abstract class WriteTests(ITestDatabase given) : DatabaseContract(given)
{
    public enum Level
    {
        Low,
        High,
    }

    public sealed record CountryTotal(DateTimeOffset Day, string Country, decimal Amount);

    public sealed record Everything(
        int Id,
        string Text,
        string? Nothing,
        bool Truth,
        byte Small,
        long Large,
        double Real,
        decimal Money,
        Level Level,
        DateOnly Date,
        TimeOnly Time,
        TimeSpan Span,
        DateTime Local,
        DateTimeOffset Instant,
        Guid Guid,
        byte[] Bytes,
        int? Maybe,
        string[] Tags,
        Inner Inner);

    public sealed record Inner(int A, string B);

    public sealed record Item(int Id, string Name);

    private static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(3));

    private static Everything Sample(int id) => new(
        id, "ü'\"", null, true, 200, long.MinValue, 0.1, 1234567890.12m, Level.High, new DateOnly(2024, 2, 29), new TimeOnly(23, 59, 58),
        TimeSpan.FromMinutes(90), new DateTime(2026, 11, 1, 6, 0, 0), Day, new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), [0, 1, 255],
        null, ["a", "b"], new Inner(1, "x"));

    [Fact]
    public async Task Upsert_creates_the_table_and_replaces_rows_of_the_same_key()
    {
        CountryTotal[] first = [new(Day, "BY", 10.25m), new(Day, "PL", 5)];
        CountryTotal[] second = [new(Day.ToUniversalTime(), "BY", 11), new(Day.AddDays(1), "BY", 1)];

        Assert.Equal(2, await Db.Upsert("country_totals", first, key: t => new { t.Day, t.Country }));
        Assert.Equal(2, await Db.Upsert("country_totals", second, key: t => new { t.Day, t.Country }));

        var rows = await Db.Query<CountryTotal>($"select * from country_totals order by day, country");
        Assert.Equal([new(Day, "BY", 11m), new(Day, "PL", 5m), new(Day.AddDays(1), "BY", 1m)], rows);
        Assert.Equal(17m, await Db.Scalar<decimal>($"select sum(amount) from country_totals"));
        Assert.Equal(2, await Db.Scalar<int>($"select count(*) from country_totals where day = {Day}"));
        Assert.Equal(1, await Db.Scalar<int>($"select count(*) from country_totals where day > {Day.AddHours(1)}"));
    }

    [Fact]
    public async Task Every_type_can_be_upserted_and_read_back()
    {
        await Db.Upsert("everything", [Sample(1), Sample(2)], key: t => t.Id);
        Same(Sample(2), (await Db.Query<Everything>($"select * from everything order by id"))[1]);
    }

    [Fact]
    public async Task Every_type_can_be_bulk_inserted_and_read_back()
    {
        Assert.Equal(2, await Db.BulkInsert("everything", [Sample(1), Sample(2)]));
        Same(Sample(2), (await Db.Query<Everything>($"select * from everything order by id"))[1]);
    }

    private static void Same(Everything expected, Everything actual)
    {
        Assert.Equal(expected.Bytes, actual.Bytes);
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected, actual with { Bytes = expected.Bytes, Tags = expected.Tags });
    }

    [Fact]
    public async Task Columns_of_an_existing_table_are_found_by_name_in_any_form()
    {
        await Db.Execute($"create table items (\"Id\" integer primary key, the_name varchar(20), note text default 'none')");
        await Db.Upsert("items", [new { ID = 1, TheName = "a" }], key: t => t.ID);
        Assert.Equal((1, "a", "none"), await Db.Single<(int, string, string)>($"select * from items"));
    }

    [Fact]
    public async Task Attributes_name_and_leave_out_columns()
    {
        await Db.Upsert("items", [new Marked(1, "a", 9)], key: t => t.Id);
        Assert.Equal(["id", "title"], (await Db.Single<Dictionary<string, object?>>($"select * from items")).Keys);
    }

    public sealed record Marked(int Id, [property: Column("title")] string Name, [property: NotMapped] int Cache);

    [Fact]
    public async Task A_key_of_all_columns_leaves_existing_rows_alone()
    {
        await Db.Upsert("pairs", [new Item(1, "a")], key: t => new { t.Id, t.Name });
        await Db.Upsert("pairs", [new Item(1, "a"), new Item(1, "b")], key: t => new { t.Id, t.Name });
        Assert.Equal(2, await Db.Scalar<int>($"select count(*) from pairs"));
    }

    [Fact]
    public async Task A_unique_index_serves_as_key_whatever_the_order_of_its_columns()
    {
        await Db.Execute($"create table items (id integer not null, name text not null, size integer)");
        await Db.Execute($"create unique index items_key on items (name, id)");
        await Db.Upsert("items", [new { Id = 1, Name = "a", Size = 1 }], key: t => new { t.Id, t.Name });
        await Db.Upsert("items", [new { Id = 1, Name = "a", Size = 2 }], key: t => new { t.Id, t.Name });
        Assert.Equal(new[] { 2 }, await Db.Query<int>($"select size from items"));
    }

    [Theory]
    [InlineData("create table items (id integer, name text)")]
    [InlineData("create table items (id integer, name text, unique (id, name))")]
    public async Task A_table_without_the_unique_index_says_which_to_create(string create)
    {
        await Db.Execute(System.Runtime.CompilerServices.FormattableStringFactory.Create(create));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Upsert("items", [new Item(1, "a")], key: t => t.Id));
        Assert.Contains("create unique index \"items_id_key\" on \"items\" (\"id\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_index_that_an_error_proposes_is_the_cure()
    {
        await Db.Execute($"create table items (id integer, name text)");
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Upsert("items", [new Item(1, "a")], key: t => t.Id));
        var sql = error.Message[error.Message.IndexOf("create unique", StringComparison.Ordinal)..];
        await Db.Execute(System.Runtime.CompilerServices.FormattableStringFactory.Create(sql));
        Assert.Equal(1, await Db.Upsert("items", [new Item(1, "a")], key: t => t.Id));
    }

    [Fact]
    public async Task A_partial_index_is_no_key()
    {
        await Db.Execute($"create table items (id integer, name text)");
        await Db.Execute($"create unique index part on items (id) where name = 'a'");
        await Assert.ThrowsAsync<DatabaseException>(() => Db.Upsert("items", [new Item(1, "a")], key: t => t.Id));
    }

    [Fact]
    public async Task Two_rows_of_one_key_are_an_error_and_nothing_is_written()
    {
        await Db.Execute($"create table items (id integer primary key, name text)");
        var error = await Assert.ThrowsAsync<DatabaseException>(() =>
            Db.Upsert("items", [new Item(1, "a"), new Item(2, "b"), new Item(1, "c")], key: t => t.Id));
        Assert.Contains("Rows 1 and 3 have the same key (id = 1)", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Db.Scalar<int>($"select count(*) from items"));
    }

    [Fact]
    public async Task A_key_without_a_value_is_an_error()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Upsert("items", [new { Id = (int?)null, Name = "a" }], key: t => t.Id));
        Assert.Contains("Row 1 has no Id, which is part of the key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_names_no_property_is_an_error()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Db.Upsert("items", [new Item(1, "a")], key: t => t.Id + 1));
        Assert.Contains("must name properties of the row", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Db.Upsert("items", [new Item(1, "a")], key: t => new { t.Name.Length }));
    }

    [Fact]
    public async Task A_property_without_a_column_says_how_to_add_it()
    {
        await Db.Execute($"create table items (id integer primary key)");
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Upsert("items", [new Item(1, "a")], key: t => t.Id));
        Assert.Contains("alter table \"items\" add column \"name\" text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_row_or_no_table_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Db.BulkInsert("items", [1, 2]));
        await Assert.ThrowsAsync<ArgumentException>(() => Db.BulkInsert("items; drop table x", [new Item(1, "a")]));
    }

    [Fact]
    public async Task No_rows_still_make_the_table()
    {
        Assert.Equal(0, await Db.Upsert("items", Array.Empty<Item>(), key: t => t.Id));
        Assert.Empty(await Db.Query<Item>($"select * from items"));
    }

    [Fact]
    public async Task Many_rows_go_in_batches()
    {
        var rows = Enumerable.Range(0, 12_345).Select(i => new Item(i, $"name {i}")).ToArray();
        Assert.Equal(rows.Length, await Db.Upsert("items", rows, key: t => t.Id));
        Assert.Equal(rows.Length, await Db.Upsert("items", rows.Select(r => r with { Name = "x" }).ToArray(), key: t => t.Id));
        Assert.Equal((rows.Length, 1), await Db.Single<(int, int)>($"select count(*), count(distinct name) from items"));
    }

    [Fact]
    public async Task Upsert_and_bulk_insert_are_all_or_nothing()
    {
        await Db.Execute($"create table items (id integer primary key, name text not null)");
        var rows = Enumerable.Range(0, 3000).Select(i => new Item(i, i == 2999 ? null! : "a")).ToArray();
        await Assert.ThrowsAsync<DatabaseException>(() => Db.Upsert("items", rows, key: t => t.Id));
        await Assert.ThrowsAsync<DatabaseException>(() => Db.BulkInsert("items", rows));
        Assert.Equal(0, await Db.Scalar<int>($"select count(*) from items"));
    }

    [Fact]
    public async Task A_failed_write_does_not_show_values()
    {
        await Db.BulkInsert("items", [new Item(1, "a")]);
        await Db.Execute($"create unique index one on items (id)");
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.BulkInsert("items", [new Item(1, "hidden value")]));
        Assert.DoesNotContain("hidden value", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("items", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_is_all_or_nothing()
    {
        await Db.BulkInsert("items", [new Item(1, "a")]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Db.Transaction(async db =>
        {
            await db.Execute($"delete from items");
            await db.BulkInsert("items", [new Item(2, "b"), new Item(3, "c")]);
            Assert.Equal(2, await db.Scalar<int>($"select count(*) from items"));
            throw new InvalidOperationException("stop");
        }));
        Assert.Equal(1, await Db.Scalar<int>($"select count(*) from items"));

        var count = await Db.Transaction(async db =>
        {
            await db.Transaction(inner => inner.Execute($"delete from items"));
            await db.Upsert("others", [new Item(2, "b")], key: t => t.Id);
            return await db.Scalar<int>($"select count(*) from items");
        });
        Assert.Equal(0, count);
        Assert.Equal(1, await Db.Scalar<int>($"select count(*) from others"));
    }

    [Fact]
    public async Task Tables_made_at_the_same_time_do_not_collide()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Db.Upsert("items", [new Item(i, "a")], key: t => t.Id))));
        Assert.Equal(8, await Db.Scalar<int>($"select count(*) from items"));
    }
}

public class SqliteWriteTests() : WriteTests(new SqliteFile());

public class PostgresWriteTests(PostgresServer server) : WriteTests(new PostgresDatabase(server));
