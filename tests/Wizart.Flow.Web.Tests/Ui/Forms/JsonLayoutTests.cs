using System.Text.Json;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Tests.Ui.Forms;

public sealed class JsonLayoutTests
{
    [Theory]
    [InlineData("[1,2, 3]", "[1, 2, 3]")]
    [InlineData("{}", "{}")]
    [InlineData("""{"a":[],"b":{"c":null}}""", """{"a": [], "b": {"c": null}}""")]
    [InlineData("\"\\u002B\\u0436\\u003c\"", "\"+ж<\"")]
    [InlineData("1e400", "1e400")]
    public void What_fits_on_a_line_stays_on_one(string json, string expected) => Assert.Equal(expected, Lay(json));

    [Fact]
    public void What_does_not_has_a_line_for_each_value()
    {
        var word = new string('x', 30);
        Assert.Equal(
            $$"""
            {
              "short": [1, 2],
              "long": [
                "{{word}}",
                "{{word}}",
                "{{word}}"
              ]
            }
            """.ReplaceLineEndings("\n"),
            Lay($$"""{"short":[1,2],"long":["{{word}}","{{word}}","{{word}}"]}"""));
    }

    [Fact]
    public void It_says_the_same_as_before()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var json = JsonSerializer.Serialize(Value(random, 4));
            using var before = JsonDocument.Parse(json);
            using var after = JsonDocument.Parse(Lay(json));
            Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement), json);
            Assert.All(Lay(json).Split('\n'), line => Assert.True(line.Length <= 100, line));
        }
    }

    private static object? Value(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => random.Next(),
        1 => random.Next(2) == 0 ? null : true,
        2 => new string((char)random.Next(32, 0xD800), random.Next(8)),
        3 => random.NextDouble(),
        4 => Enumerable.Range(0, random.Next(8)).Select(_ => Value(random, depth - 1)).ToArray(),
        _ => Enumerable.Range(0, random.Next(5)).ToDictionary(n => $"name {n}\"", _ => Value(random, depth - 1)),
    };

    private static string Lay(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonLayout.Of(document.RootElement);
    }
}
