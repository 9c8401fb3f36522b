namespace Wizart.Flow.Providers.Http.Tests;

public class PathTextTests
{
    private static string Text(PathText path) => path.ToString();

    [Fact]
    public void A_plain_string_stays_as_it_is() => Assert.Equal("/a b?x=ü+1", Text("/a b?x=ü+1"));

    [Fact]
    public void Values_are_escaped_and_the_rest_is_not() =>
        Assert.Equal("/a/b%20c%2Fd?x=%C3%BC%2B1&y=2", Text($"/a/{"b c/d"}?x={"ü+1"}&y={2}"));

    [Fact]
    public void Values_are_written_the_same_in_every_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
        try
        {
            Assert.Equal("?a=1.5&b=true&c=2026-11-01&d=Monday", Text($"?a={1.5m}&b={true}&c={new DateOnly(2026, 11, 1)}&d={DayOfWeek.Monday}"));
            Assert.Equal("?t=2026-11-01T00%3A00%3A00.0000000%2B03%3A00", Text($"?t={new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(3))}"));
            Assert.Equal("?t=0001.50", Text($"?t={1.5:0000.00}"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Nothing_is_an_empty_value() => Assert.Equal("?a=&b=1", Text($"?a={(string?)null}&b={1}"));

    [Fact]
    public void A_list_has_commas() => Assert.Equal("?ids=1,2,3&names=a%2C,b", Text($"?ids={new[] { 1, 2, 3 }}&names={new List<string> { "a,", "b" }}"));

    [Fact]
    public void Raw_is_not_escaped() => Assert.Equal("/files/a/b", Text($"/files/{"a/b":raw}"));

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public void A_value_cannot_climb_out_of_its_place(string id)
    {
        var error = Assert.Throws<ArgumentException>(() => Text($"/users/{id}/orders"));
        Assert.Contains("would change the path", error.Message, StringComparison.Ordinal);
        Assert.Equal("/users?id=" + id, Text($"/users?id={id}"));
    }

    [Fact]
    public void A_whole_address_as_the_first_value_is_told_how_to_be_written()
    {
        var error = Assert.Throws<ArgumentException>(() => Text($"{"https://shop.example"}/orders"));
        Assert.Contains("{value:raw}", error.Message, StringComparison.Ordinal);
    }
}
