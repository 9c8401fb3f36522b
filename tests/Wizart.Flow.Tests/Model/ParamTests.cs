using System.Text.Json;
using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests.Model;

public sealed class ParamTests
{
    private enum Colour
    {
        Red,
        Green,
    }

    private sealed record Filter(string Country, int Year);

    [Fact]
    public void A_param_keeps_all_that_is_said_of_it()
    {
        var model = Of(Param("year", 2026).Describe("The year").Between(2000, 2100).Section("What").Required());
        Assert.Equal(("year", "int", ParamValueKind.Integer, "The year", "What", true), (model.Name, model.Type.Name, model.ValueKind, model.Description, model.Section, model.Required));
        Assert.Equal(("2026", "2000", "2100"), (model.Default?.GetRawText(), model.Minimum?.GetRawText(), model.Maximum?.GetRawText()));
        Assert.EndsWith("ParamTests.cs", model.Location!.File);
    }

    [Fact]
    public void Without_a_default_a_run_must_set_it()
    {
        Assert.True(Of(Param<int>("year")).Required);
        Assert.Null(Of(Param<int>("year")).Default);
        Assert.False(Of(Param<int?>("year", (int?)null)).Required);
        Assert.Null(Of(Param<int?>("year", (int?)null)).Default);
    }

    [Fact]
    public void Its_kind_follows_from_its_type()
    {
        Assert.Equal(ParamValueKind.Text, Of(Param("p", "")).ValueKind);
        Assert.Equal(ParamValueKind.Boolean, Of(Param("p", true)).ValueKind);
        Assert.Equal(ParamValueKind.Integer, Of(Param("p", (byte)1)).ValueKind);
        Assert.Equal(ParamValueKind.Integer, Of(Param<long?>("p", 1)).ValueKind);
        Assert.Equal(ParamValueKind.Number, Of(Param("p", 1m)).ValueKind);
        Assert.Equal(ParamValueKind.Duration, Of(Param("p", 1.Minutes())).ValueKind);
        Assert.Equal(ParamValueKind.DateTime, Of(Param("p", new DateOnly(2026, 1, 1))).ValueKind);
        Assert.Equal(ParamValueKind.Enum, Of(Param("p", Colour.Red)).ValueKind);
        Assert.Equal(ParamValueKind.Json, Of(Param("p", new Filter("BY", 1))).ValueKind);
        Assert.Equal(["\"Red\"", "\"Green\""], Of(Param("p", Colour.Red)).Choices!.Select(c => c.GetRawText()));
    }

    [Fact]
    public void Text_is_read_by_kind()
    {
        Reads(Param("p", ""), " as it is ", "\" as it is \"");
        Reads(Param("p", ""), "", "\"\"");
        Reads(Param("p", true), "False", "false");
        Reads(Param("p", 1), "-42", "-42");
        Reads(Param("p", (ulong)1), "18446744073709551615", "18446744073709551615");
        Reads(Param("p", 1.5), "2.5e3", "2500");
        Reads(Param("p", 1m), "0.10", "0.10");
        Reads(Param("p", 1.Minutes()), "20s", "\"00:00:20\"");
        Reads(Param("p", 1.Minutes()), "1.5h", "\"01:30:00\"");
        Reads(Param("p", 1.Minutes()), "2d", "\"2.00:00:00\"");
        Reads(Param("p", 1.Minutes()), "500ms", "\"00:00:00.5000000\"");
        Reads(Param("p", 1.Minutes()), "01:02:03", "\"01:02:03\"");
        Reads(Param("p", DateTimeOffset.UnixEpoch), "2026-11-01", "\"2026-11-01\"");
        Reads(Param("p", DateTimeOffset.UnixEpoch), "2026-11-01T06:00+03:00", "\"2026-11-01T06:00+03:00\"");
        Reads(Param("p", new DateOnly(2026, 1, 1)), "2026-11-01", "\"2026-11-01\"");
        Reads(Param("p", Colour.Red), "green", "\"green\"");
        Reads(Param("p", new Filter("BY", 1)), """{"Country":"PL","Year":2}""", """{"Country":"PL","Year":2}""");
        Reads(Param<int?>("p", 1), "", "null");
        Reads(Param<Colour?>("p", Colour.Red), "", "null");
    }

    [Fact]
    public void What_can_not_be_read_is_refused_with_what_is_expected()
    {
        Refuses(Param("p", true), "yes", "'yes' for param 'p' is not true or false.");
        Refuses(Param("p", 1), "one", "is not a whole number (int).");
        Refuses(Param("p", 1), "1.5", "is not a whole number (int).");
        Refuses(Param("p", 1), "1,000", "is not a whole number (int).");
        Refuses(Param("p", 1), "3000000000", "is not a whole number (int).");
        Refuses(Param("p", 1), "", "is not a whole number (int).");
        Refuses(Param("p", (byte)1), "256", "is not a whole number (byte).");
        Refuses(Param("p", (ushort)1), "-1", "is not a whole number (ushort).");
        Refuses(Param("p", 1.5), "x", "is not a number.");
        Refuses(Param("p", 1.Minutes()), "soon", "is not a span of time");
        Refuses(Param("p", 1.Minutes()), "20", "is not a span of time");
        Refuses(Param("p", DateTimeOffset.UnixEpoch), "tomorrow", "is not a date or time");
        Refuses(Param("p", DateTimeOffset.UnixEpoch), "11/01/2026", "is not a date or time");
        Refuses(Param("p", new DateOnly(2026, 1, 1)), "2026-02-30", "is not a date or time");
        Refuses(Param("p", Colour.Red), "blue", "is not one of Red, Green.");
        Refuses(Param("p", new Filter("BY", 1)), "{", "is not JSON of type Filter.");
    }

    [Fact]
    public void Limits_hold_at_both_ends_and_include_them()
    {
        var year = Param("p", 2026).Between(2000, 2100);
        Reads(year, "2000", "2000");
        Reads(year, "2100", "2100");
        Refuses(year, "1999", "'1999' for param 'p' is not between 2000 and 2100.");
        Refuses(year, "2101", "is not between 2000 and 2100.");
        var wait = Param("p", 1.Minutes()).Between(1.Seconds(), 1.Hours());
        Reads(wait, "60m", "\"01:00:00\"");
        Refuses(wait, "61m", "is not between 00:00:01 and 01:00:00.");
        var day = Param("p", new DateOnly(2026, 6, 1)).Between(new(2026, 1, 1), new(2026, 12, 31));
        Reads(day, "2026-12-31", "\"2026-12-31\"");
        Refuses(day, "2027-01-01", "is not between 2026-01-01 and 2026-12-31.");
        var exact = Param("p", 0.1m).Between(0.1m, 9007199254740993m);
        Reads(exact, "9007199254740993", "9007199254740993");
        Refuses(exact, "9007199254740993.1", "is not between");
        Refuses(Param("p", "m").Between("a", "n"), "z", "is not between a and n.");
    }

    [Fact]
    public void Choices_and_patterns_hold_for_the_whole_value()
    {
        var country = Param("p", "BY").OneOf("BY", "PL");
        Reads(country, "PL", "\"PL\"");
        Refuses(country, "DE", "'DE' for param 'p' is not one of BY, PL.");
        Refuses(country, "by", "is not one of BY, PL.");
        Reads(Param("p", 1).OneOf(1, 2), "2", "2");
        Reads(Param("p", 1.Minutes()).OneOf(1.Minutes(), 1.Hours()), "60m", "\"01:00:00\"");
        Refuses(Param("p", Colour.Red).OneOf(Colour.Red), "Green", "is not one of Red.");
        var code = Param("p", "ab1").Matching("[a-z]+[0-9]|x");
        Reads(code, "x", "\"x\"");
        Refuses(code, "ab12", "does not match the pattern [a-z]+[0-9]|x.");
        Refuses(code, "-x", "does not match");
        Refuses(code, "x\n", "does not match");
    }

    [Fact]
    public void A_pattern_that_never_ends_ends() =>
        Refuses(Param("p", "a").Matching("(a+)+b|a"), new string('a', 40), "does not match");

    [Fact]
    public void JSON_values_are_held_to_the_same_rules()
    {
        Assert.Null(WhyNot(Param("p", 1), "5"));
        Assert.NotNull(WhyNot(Param("p", 1), "\"5\""));
        Assert.NotNull(WhyNot(Param("p", 1), "5.0"));
        Assert.NotNull(WhyNot(Param("p", 1), "null"));
        Assert.Null(WhyNot(Param<int?>("p", 1).Between(1, 5), "null"));
        Assert.Null(WhyNot(Param<TimeSpan?>("p", 1.Minutes()).Between(1.Seconds(), 5.Minutes()), "null"));
        Assert.Null(WhyNot(Param<string?>("p", "a").Matching("a"), "null"));
        Assert.NotNull(WhyNot(Param("p", true), "1"));
        Assert.NotNull(WhyNot(Param("p", ""), "5"));
        Assert.NotNull(WhyNot(Param("p", 1.Minutes()), "5"));
        Assert.Null(WhyNot(Param("p", 1.Minutes()), "\"20s\""));
        Assert.NotNull(WhyNot(Param("p", 1m), "1e400"));
        Assert.NotNull(WhyNot(Param("p", 1.0), "1e400"));
        Assert.NotNull(WhyNot(Param("p", Colour.Red), "0"));
    }

    [Fact]
    public void A_param_belongs_to_the_dags_whose_tasks_take_it()
    {
        var description = Declared.Script(() =>
        {
            var year = Param("year", 2026);
            Dag("a").Task("x").From(year, year).Run((a, b) => { });
            Dag("b").Task("x").Run(() => { });
        });
        Assert.Empty(description.Diagnostics);
        Assert.Equal([1, 0], description.Dags.Select(d => d.Params.Count));
    }

    [Fact]
    public void Contradictions_are_refused_before_a_run()
    {
        Assert.Contains("refused by its own rules", Contradiction(Param("p", 1).Between(5, 9)));
        Assert.Contains("refused by its own rules", Contradiction(Param("p", "x").OneOf("a")));
        Assert.Contains("refused by its own rules", Contradiction(Param("p", "x").Matching("y")));
        Assert.Contains("nothing lies between 9 and 5", Contradiction(Param<int>("p").Between(9, 5)));
        Assert.Contains("OneOf() lists no value", Contradiction(Param<string>("p").OneOf()));
        Assert.Contains("'[a' is not a regular expression", Contradiction(Param("p", "x").Matching("[a")));
        Assert.Contains("is not a regular expression", Contradiction(Param("p", "x").Matching("(?x)a # the end")));
    }

    [Fact]
    public void Two_params_of_one_name_must_be_the_same()
    {
        static string Twice<T, U>(Param<T> a, Param<U> b) => Declared.Error(() => Dag("a").Task("x").From(a, b).Run((x, y) => { })).Message;
        Assert.Contains("declared as int and as string", Twice(Param("p", 1), Param("p", "1")));
        Assert.Contains("different defaults or rules", Twice(Param("p", 1), Param("p", 2)));
        Assert.Contains("different defaults or rules", Twice(Param("p", 1), Param("p", 1).Between(0, 5)));
        Declared.Dag(() => Dag("a").Task("x").From(Param("p", 1), Param("p", 1)).Run((x, y) => { }));
    }

    [Fact]
    public void A_param_or_variable_that_can_not_be_stored_is_refused()
    {
        Assert.Equal(FlowCodes.NotStorable, Declared.Error(() => Dag("a").Task("x").From(Param<Stream>("p", Stream.Null)).Run(p => { })).Code);
        Assert.Equal(FlowCodes.NotStorable, Declared.Error(() => Dag("a").Task("x").From(Variable("v", typeof(int))).Run(v => { })).Code);
    }

    [Fact]
    public void A_bad_name_is_refused() =>
        Assert.Equal(FlowCodes.BadId, Declared.Error(() => Dag("a").Task("x").From(Param("two words", 1)).Run(p => { })).Code);

    private static ParamModel Of<T>(Param<T> param) => ((IParam)param).Model;

    private static void Reads<T>(Param<T> param, string text, string json)
    {
        Assert.Null(ParamRules.Read(Of(param), text, out var value));
        Assert.Equal(json, value.GetRawText());
    }

    private static void Refuses<T>(Param<T> param, string text, string why) =>
        Assert.Contains(why, ParamRules.Read(Of(param), text, out _));

    private static string? WhyNot<T>(Param<T> param, string json)
    {
        using var document = JsonDocument.Parse(json);
        return ParamRules.WhyNot(Of(param), document.RootElement);
    }

    private static string Contradiction<T>(Param<T> param)
    {
        var error = Declared.Error(() => Dag("a").Task("x").From(param).Run(p => { }));
        Assert.Equal(FlowCodes.BadParam, error.Code);
        return error.Message;
    }
}
