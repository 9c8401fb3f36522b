using Wizart.Flow.Values;

namespace Wizart.Flow.Tests.Values;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("20s", 20)]
    [InlineData("15m", 900)]
    [InlineData("1.5h", 5400)]
    [InlineData("2d", 172_800)]
    [InlineData(" 2 D ", 172_800)]
    [InlineData("00:00:20", 20)]
    [InlineData("1.00:00:00", 86_400)]
    [InlineData("-5m", -300)]
    public void Spans_are_read(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("s")]
    [InlineData("ms")]
    [InlineData("soon")]
    [InlineData("1,5h")]
    [InlineData("NaNs")]
    [InlineData("Infinityd")]
    [InlineData("1e300d")]
    [InlineData("25:61:00")]
    public void Other_text_is_none(string text) => Assert.Null(DurationText.Read(text));
}
