using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("", "http://127.0.0.1:8080", "", "http://127.0.0.1:8080")]
    [InlineData("", "http://0.0.0.0:8080", "/flow", "http://localhost:8080/flow")]
    [InlineData("", "http://[::]:80", "", "http://localhost:80")]
    [InlineData("https://flow.example.com/", "http://127.0.0.1:8080", "", "https://flow.example.com")]
    [InlineData("https://example.com/flow", "http://127.0.0.1:8080", "/flow", "https://example.com/flow")]
    public void It_is_what_was_set_or_where_the_daemon_listens(string publicUrl, string url, string pathBase, string expected) =>
        Assert.Equal(expected, PublicAddress.Of(publicUrl, url, pathBase));
}
