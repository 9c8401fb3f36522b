using System.ComponentModel.DataAnnotations.Schema;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Sql.Tests;

public abstract class QueryTests(ITestDatabase given) : DatabaseContract(given)
{
    public enum Level
    {
        Low,
        High = 7,
    }

    public sealed record Brand(string Name, string Feed);

    public sealed record Optional(string Name, int Size = 3, Level Level = Level.High, string? Note = "none");

    public sealed class Plain
    {
        public int Id { get; set; }

        public string? CountryCode { get; init; }

        public int NotSelected { get; set; } = 5;
    }

    public sealed record Renamed([property: Column("c")] string Country);

    [Fact]
    public async Task Records_are_made_from_columns_by_name()
    {
        var brands = await Db.Query<Brand>($"select 'f' as feed, 'n' as name, 1 as extra");
        Assert.Equal([new Brand("n", "f")], brands);
    }

    [Fact]
    public async Task Classes_are_set_by_property_whatever_the_form_of_the_name()
    {
        var row = await Db.Single<Plain>($"select 4 as ID, 'BY' as country_code");
        Assert.Equal((4, "BY", 5), (row.Id, row.CountryCode, row.NotSelected));
    }

    [Fact]
    public async Task A_constructor_default_stands_for_a_missing_column() =>
        Assert.Equal(new Optional("a"), await Db.Single<Optional>($"select 'a' as name"));

    [Fact]
    public async Task A_column_attribute_names_the_column() =>
        Assert.Equal(new Renamed("BY"), await Db.Single<Renamed>($"select 'BY' as c"));

    [Fact]
    public async Task Plain_values_tuples_and_dictionaries_are_read()
    {
        Assert.Equal(new[] { 1, 2 }, await Db.Query<int>($"select 1 union all select 2 order by 1"));
        Assert.Equal([(1, "a", null)], await Db.Query<(int, string, decimal?)>($"select 1, 'a', null"));
        var row = await Db.Single<Dictionary<string, object?>>($"select 'x' as a, null as b");
        Assert.Equal(("x", null), (row["a"], row["b"]));
    }

    [Fact]
    public async Task Enums_are_read_from_names_and_numbers()
    {
        Assert.Equal(Level.High, await Db.Scalar<Level>($"select 'high'"));
        Assert.Equal(Level.High, await Db.Scalar<Level>($"select 7"));
    }

    [Fact]
    public async Task Values_are_parameters_and_never_sql()
    {
        var evil = "'; drop table t; --";
        await Db.Execute($"create table t (name text)");
        Assert.Equal(1, await Db.Execute($"insert into t values ({evil})"));
        Assert.Equal(evil, await Db.Scalar<string>($"select name from t where name = {evil}"));
    }

    [Fact]
    public async Task Every_plain_type_comes_back_as_it_went()
    {
        await Check("it's a \"text\" ü\n");
        await Check(int.MinValue);
        await Check(long.MaxValue);
        await Check(12.34m);
        await Check(0.1);
        await Check(true);
        await Check(false);
        await Check(new DateOnly(2024, 2, 29));
        await Check(new TimeOnly(23, 59, 58, 123));
        await Check(new TimeSpan(1, 2, 3, 4, 5));
        await Check(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"));
        await Check(new DateTime(2026, 11, 1, 6, 0, 0, 250));
        await Check(new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.FromHours(3)));
        await Check(Level.High);
        await Check(new Version(1, 2, 3));
        Assert.Equal(new byte[] { 0, 1, 255 }, await Db.Scalar<byte[]>($"select {new byte[] { 0, 1, 255 }}"));
    }

    private async Task Check<T>(T value) => Assert.Equal(value, await Db.Scalar<T>($"select {value}"));

    [Fact]
    public async Task Null_is_a_value()
    {
        string? nothing = null;
        Assert.Null(await Db.Scalar<string?>($"select {nothing}"));
        Assert.Null(await Db.Scalar<decimal?>($"select {nothing}"));
    }

    [Fact]
    public async Task A_list_becomes_as_many_parameters()
    {
        await Db.Execute($"create table t (id integer)");
        await Db.Execute($"insert into t values (1), (2), (3)");
        Assert.Equal(new[] { 1, 3 }, await Db.Query<int>($"select id from t where id in ({new[] { 1, 3, 5 }}) order by id"));
        Assert.Equal(new[] { 2 }, await Db.Query<int>($"select id from t where id not in ({new List<int> { 1, 3 }}) order by id"));
    }

    [Fact]
    public async Task An_empty_list_has_nobody_in_it()
    {
        await Db.Execute($"create table t (id integer, name text)");
        await Db.Execute($"insert into t values (1, 'a')");
        Assert.Empty(await Db.Query<int>($"select id from t where id in ({Array.Empty<int>()})"));
        Assert.Equal(new[] { 1 }, await Db.Query<int>($"select id from t where id not in ({Array.Empty<int>()})"));
        Assert.Empty(await Db.Query<int>($"select id from t where name in ({new List<string>()})"));
    }

    [Fact]
    public async Task Parts_of_sql_and_names_can_be_put_together()
    {
        await Db.Execute($"create table t (id integer)");
        await Db.Execute($"insert into t values (1), (2)");
        FormattableString filter = $"id > {1}";
        Assert.Equal(2, await Db.Scalar<int>($"select {Database.Name("id")} from {Database.Name("t")} where {filter} and id < {10}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a;b")]
    [InlineData("a\"b")]
    [InlineData("a.b.c")]
    [InlineData("a b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_that_is_none_is_refused(string name) => Assert.Throws<ArgumentException>(() => Database.Name(name));

    [Fact]
    public async Task Braces_and_formats_are_understood() =>
        Assert.Equal("{x} 007", await Db.Scalar<string>($"select '{{x}} ' || {7:000}"));

    [Fact]
    public async Task A_value_in_quotes_is_told_to_leave_them()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Db.Query<int>($"select 1 where 'a' = '{"a"}'"));
        Assert.Contains("inside 'quotes'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Db.Query<int>($"select 1 -- {"a"}"));
        await Assert.ThrowsAsync<ArgumentException>(() => Db.Query<int>($"select 1 /* {"a"} */"));
        Assert.Equal("it's b", await Db.Scalar<string>($"select 'it''s ' || {"b"} /* 'c */"));
    }

    [Fact]
    public async Task What_is_no_value_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Db.Query<int>($"select {new Brand("a", "b")}"));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Db.Query<int>($"select 1 where 1 = any({new[] { 1 }})"));
        Assert.Contains("in ({…})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_column_is_named_with_those_that_are_there()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Query<Brand>($"select 'n' as name, 1 as fed"));
        Assert.Contains("No column for 'Feed' of Brand. The columns are name, fed", error.Message, StringComparison.Ordinal);
        Assert.Contains("'warehouse'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_where_the_type_has_none_is_an_error_with_its_place()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Query<Brand>($"select 'a' as name, 'f' as feed union all select 'b', null order by 1"));
        Assert.Contains("Column 'feed' of row 2 is null, and Brand.Feed can't be", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseException>(() => Db.Scalar<int>($"select max(1) where 1 = 0"));
        Assert.Null(await Db.Scalar<int?>($"select max(1) where 1 = 0"));
    }

    [Fact]
    public async Task A_value_of_another_type_is_an_error_with_its_place()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Query<Plain>($"select 'secret text' as id"));
        Assert.Contains("Column 'id' of row 1, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("can't be read as int, the type of Plain.Id", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret text", error.Message.Split('\n')[0], StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseException>(() => Db.Scalar<int>($"select 2.5"));
        await Assert.ThrowsAsync<DatabaseException>(() => Db.Scalar<int>($"select {long.MaxValue}"));
    }

    [Fact]
    public async Task Two_columns_for_one_member_are_an_error()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Query<Brand>($"select 'a' as name, 'b' as name, 'c' as feed"));
        Assert.Contains("Two columns could be Brand.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_wants_exactly_one_row()
    {
        Assert.Equal(1, await Db.Single<int>($"select 1"));
        var none = await Assert.ThrowsAsync<DatabaseException>(() => Db.Single<int>($"select 1 where 1 = 0"));
        Assert.Contains("there is none", none.Message, StringComparison.Ordinal);
        var several = await Assert.ThrowsAsync<DatabaseException>(() => Db.Single<int>($"select 1 union all select 2"));
        Assert.Contains("there are several", several.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_statement_is_shown_without_its_values()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Query<int>($"select 1\nfrom nowhere where a = {"hidden value"}"));
        Assert.Equal("warehouse", error.ConnectionId);
        Assert.Contains("nowhere", error.Message.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("where a = @1", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Code);
        Assert.False(error.IsTransient);
        Assert.DoesNotContain("hidden value", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_counts_the_rows_it_touched()
    {
        await Db.Execute($"create table t (id integer)");
        Assert.Equal(3, await Db.Execute($"insert into t values (1), (2), (3)"));
        Assert.Equal(2, await Db.Execute($"update t set id = id + 10 where id > {1}"));
    }

    [Fact]
    public async Task An_attempt_that_has_ended_runs_no_more_sql() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Connect(new CancellationToken(true)).Scalar<int>($"select 1"));

    [Fact]
    public async Task Several_calls_can_run_at_once()
    {
        await Db.Execute($"create table t (id integer)");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Db.Execute($"insert into t values ({i})"))));
        Assert.Equal(20, await Db.Scalar<int>($"select count(*) from t"));
    }
}

public class SqliteQueryTests() : QueryTests(new SqliteFile());

public class PostgresQueryTests(PostgresServer server) : QueryTests(new PostgresDatabase(server));
