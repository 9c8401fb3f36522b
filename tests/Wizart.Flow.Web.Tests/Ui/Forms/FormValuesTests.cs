using Microsoft.AspNetCore.Http;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Tests.Ui.Forms;

public sealed class FormValuesTests
{
    private static readonly TimeZoneInfo Minsk = TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk");

    [Theory]
    [InlineData("int", ParamValueKind.Integer, "7", "7")]
    [InlineData("int", ParamValueKind.Integer, " 7 ", "7")]
    [InlineData("double", ParamValueKind.Number, "1.5", "1.5")]
    [InlineData("bool", ParamValueKind.Boolean, "true", "true")]
    [InlineData("string", ParamValueKind.Text, "7", "\"7\"")]
    [InlineData("TimeSpan", ParamValueKind.Duration, "20s", "\"00:00:20\"")]
    [InlineData("DateOnly", ParamValueKind.DateTime, "2026-11-01", "\"2026-11-01\"")]
    [InlineData("DateTimeOffset", ParamValueKind.DateTime, "2026-11-01T06:00", "\"2026-11-01T06:00:00+03:00\"")]
    [InlineData("DateTime", ParamValueKind.DateTime, "2026-11-01T06:00", "\"2026-11-01T06:00\"")]
    [InlineData("Brand[]", ParamValueKind.Json, "[1, 2]", "[1, 2]")]
    public void A_text_becomes_json_by_the_kind_of_the_param(string type, ParamValueKind kind, string text, string json)
    {
        var read = Read(Param(type, kind), text);
        Assert.Empty(read.Mistakes);
        Assert.Equal(json, read.Values["x"].GetRawText());
        Assert.Equal(text, read.Texts["x"]);
    }

    [Theory]
    [InlineData("int", ParamValueKind.Integer, "seven", "is not a whole number")]
    [InlineData("int", ParamValueKind.Integer, "99", "is not between 1 and 10")]
    [InlineData("bool", ParamValueKind.Boolean, "perhaps", "is not true or false")]
    [InlineData("TimeSpan", ParamValueKind.Duration, "soon", "is not a span of time")]
    [InlineData("DateOnly", ParamValueKind.DateTime, "1.11.2026", "is not a date")]
    [InlineData("Brand[]", ParamValueKind.Json, "[1,", "This is not JSON in line 1")]
    [InlineData("Brand[]", ParamValueKind.Json, "brand", "A text stands in quotes")]
    public void What_can_t_be_read_is_told_and_kept_in_its_field(string type, ParamValueKind kind, string text, string why)
    {
        var param = Param(type, kind);
        if (kind == ParamValueKind.Integer) param = param with { Minimum = Models.Json("1"), Maximum = Models.Json("10") };
        var read = Read(param, text);
        Assert.False(read.AreFine);
        Assert.Contains(why, read.Mistakes["x"], StringComparison.Ordinal);
        Assert.Equal(text, read.Texts["x"]);
        Assert.Empty(read.Values);
    }

    [Theory]
    [InlineData("int", ParamValueKind.Integer, "5", "5")]
    [InlineData("TimeSpan", ParamValueKind.Duration, "\"00:00:20\"", "20s")]
    [InlineData("DateTimeOffset", ParamValueKind.DateTime, "\"2026-11-01T03:00:00+00:00\"", "2026-11-01T06:00")]
    [InlineData("Brand[]", ParamValueKind.Json, "{\"a\":1}", "{\"a\": 1}")]
    [InlineData("string", ParamValueKind.Text, "\"all\"", "all")]
    public void A_default_that_is_left_alone_is_not_sent(string type, ParamValueKind kind, string @default, string shown)
    {
        var param = Param(type, kind) with { Default = Models.Json(@default) };
        Assert.Equal(shown, ParamTexts.Of(param, Minsk));
        Assert.Empty(Read(param, shown).Values);
        Assert.Empty(Read(param, null).Values);
        Assert.Single(Read(param with { Required = true }, shown).Values);
    }

    [Fact]
    public void What_must_be_given_is_asked_for()
    {
        Assert.Equal("This must be given.", Read(Param("int", ParamValueKind.Integer) with { Required = true }, "").Mistakes["x"]);
        Assert.Equal("This must be given.", Read(Param("string", ParamValueKind.Text) with { Required = true }, null).Mistakes["x"]);
        Assert.Empty(Read(Param("int", ParamValueKind.Integer), "").Mistakes);
    }

    [Fact]
    public void An_emptied_field_of_a_value_that_may_be_missing_says_that_it_is()
    {
        Assert.Equal("null", Read(Param("int?", ParamValueKind.Integer) with { Default = Models.Json("3") }, "").Values["x"].GetRawText());
        Assert.Equal("\"\"", Read(Param("string", ParamValueKind.Text) with { Default = Models.Json("\"all\"") }, "").Values["x"].GetRawText());
    }

    [Fact]
    public void Of_a_box_the_last_value_counts()
    {
        var param = Param("bool", ParamValueKind.Boolean);
        var form = new FormCollection(new() { ["param.x"] = new(["false", "true"]) });
        Assert.Equal("true", FormValues.Read([param], form, Minsk).Values["x"].GetRawText());
    }

    private static ParamModel Param(string type, ParamValueKind kind) => new() { Name = "x", Type = new TypeModel(type), ValueKind = kind };

    private static FormValues Read(ParamModel param, string? text) =>
        FormValues.Read([param], text is null ? new FormCollection([]) : new FormCollection(new() { ["param.x"] = text }), Minsk);
}
