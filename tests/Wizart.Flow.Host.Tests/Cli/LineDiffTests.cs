using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class LineDiffTests
{
    [Theory]
    [InlineData("a", "a", "")]
    [InlineData("a\r\nb\r\n", "a\nb", "")]
    [InlineData("a", "b", "@line 1|-a|+b")]
    [InlineData("a|b|c", "a|x|c", "@line 1| a|-b|+x| c")]
    [InlineData("a|b", "a|b|c", "@line 1| a| b|+c")]
    [InlineData("a|b|c|d", "b|d|e", "@line 1|-a| b|-c| d|+e")]
    [InlineData("1|2|3|4|5|6|7|8|9|x|1|2|3|4|5|6|7|8|9", "1|2|3|4|5|6|7|8|9|y|1|2|3|4|5|6|7|8|9", "@line 7| 7| 8| 9|-x|+y| 1| 2| 3")]
    [InlineData("x|1|2|3|4|5|6|7|y", "1|2|3|4|5|6|7", "@line 1|-x| 1| 2| 3|@line 5| 5| 6| 7|-y")]
    public void What_differs_is_shown_with_three_lines_around_it(string before, string after, string expected)
    {
        var lines = LineDiff.Of(before.Replace('|', '\n'), after.Replace('|', '\n'));
        Assert.Equal(expected, string.Join('|', lines.Select(l => $"{l.Sign}{l.Text}")));
    }

    [Fact]
    public void Very_long_texts_are_compared_as_a_whole()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"a{i}"));
        var after = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"b{i}"));
        Assert.Equal(10_001, LineDiff.Of(before, after).Count);
    }
}
