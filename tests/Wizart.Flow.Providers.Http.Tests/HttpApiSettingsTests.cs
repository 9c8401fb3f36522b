using Wizart.Flow.Connections;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Http.Tests;

public class HttpApiSettingsTests
{
    private static readonly ConnectionScope Scope = new(TimeProvider.System, (_, _) => { }, CancellationToken.None);

    [Fact]
    public void The_examples_of_the_handbook_are_right()
    {
        var examples = HandbookConnections.OfType("http").ToArray();
        Assert.Equal(4, examples.Length);
        Assert.All(examples, example => Assert.NotNull(new HttpApi(example, Scope)));
    }

    [Theory]
    [InlineData("url", "", "has no 'url'")]
    [InlineData("url", "shop.example", "'url' is no http:// or https:// address")]
    [InlineData("url", "ftp://shop.example", "'url' is no http:// or https:// address")]
    [InlineData("timeout", "soon", "'timeout' is 'soon', which is no time")]
    [InlineData("timeout", "0s", "'timeout' is '0s'")]
    [InlineData("retries", "-1", "'retries' is '-1', which is no number from 0 to 20")]
    [InlineData("retries", "many", "'retries' is 'many'")]
    [InlineData("header.X A", "1", "'header.X A' is no request header")]
    [InlineData("header.X-A", "1\r\nX-B: 2", "'header.X-A' is no request header")]
    [InlineData("token", "a\nb", "'token' has line breaks")]
    public void A_wrong_setting_is_named(string name, string value, string message)
    {
        var values = new Dictionary<string, string> { ["url"] = "https://shop.example", [name] = value };
        var error = Assert.Throws<ConnectionException>(() => new HttpApi(
            new ConnectionSettings("shop", "http", values), Scope));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("'shop'", error.Message, StringComparison.Ordinal);
    }
}
