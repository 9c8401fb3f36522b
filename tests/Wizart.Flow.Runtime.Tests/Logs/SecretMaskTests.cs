using Wizart.Flow.Connections;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Tests.Logs;

public class SecretMaskTests
{
    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END PRIVATE KEY-----\n")]
    [InlineData(@"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END PRIVATE KEY-----\n")]
    public void Of_a_key_of_several_lines_every_line_is_hidden(string key)
    {
        var settings = new Dictionary<string, string> { ["private_key"] = key, ["private_key_id"] = "4f1c0ffee" };
        var mask = SecretMask.Of([new ConnectionSettings("metrics", "google-sheets", settings)]);
        Assert.Equal("*** and ***, key 4f1c0ffee", mask.Hide("MIIEvQIBADAN and BgkqhkiG9w0B, key 4f1c0ffee"));
        Assert.Equal("key: ***", mask.Hide($"key: {key}"));
    }
}
