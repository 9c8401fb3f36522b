using Wizart.Flow.Connections;
using Wizart.Flow.TestServers;
using Wizart.Flow.TestServers.Sheets;

namespace Wizart.Flow.Providers.Sheets.Tests;

public class SheetsSettingsTests
{
    private static readonly ConnectionScope Scope = new(TimeProvider.System, (_, _) => { }, CancellationToken.None);
    private static readonly string Key = new ServiceAccount().PrivateKey;

    [Fact]
    public void The_examples_of_the_handbook_are_right()
    {
        var example = Assert.Single(HandbookConnections.OfType("google-sheets"));
        Assert.StartsWith("${", example.Find("private_key"), StringComparison.Ordinal);
        using var google = new GoogleSheets(example with { Values = new Dictionary<string, string>(example.Values) { ["private_key"] = Key } }, Scope);
        Assert.Equal("https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit", google.Url);
    }

    [Fact]
    public void A_key_may_be_written_as_in_its_file()
    {
        using var google = Client(("private_key", Key.Replace("\n", "\\n")));
        Assert.NotNull(google);
    }

    [Theory]
    [InlineData("client_email", "", "has no 'client_email'")]
    [InlineData("client_email", "flow", "'client_email' is 'flow', which is no address")]
    [InlineData("private_key", "", "has no 'private_key'")]
    [InlineData("private_key", "MIIEvQ", "'private_key' is no private key")]
    [InlineData("private_key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "'private_key' is no private key")]
    [InlineData("spreadsheet", "our metrics", "'spreadsheet' is neither the address of a spreadsheet")]
    [InlineData("token_uri", "http://tokens.example/token", "'token_uri' is an http:// address of another machine")]
    [InlineData("url", "sheets", "'url' is no https:// address")]
    [InlineData("timeout", "soon", "'timeout' is 'soon'")]
    [InlineData("retries", "-1", "'retries' is '-1'")]
    public void A_wrong_setting_is_named(string name, string value, string message)
    {
        var error = Assert.Throws<ConnectionException>(() => Client((name, value)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("'metrics'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MIIE", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_without_a_spreadsheet_says_what_is_missing()
    {
        using var google = Client(("spreadsheet", ""));
        var error = await Assert.ThrowsAsync<ConnectionException>(() => google.Clear("A"));
        Assert.Contains("has no 'spreadsheet'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_secret_and_what_people_need_is_not()
    {
        Assert.True(ConnectionSettings.IsSecret("private_key"));
        Assert.False(ConnectionSettings.IsSecret("private_key_id"));
        Assert.False(ConnectionSettings.IsSecret("token_uri"));
        Assert.False(ConnectionSettings.IsSecret("client_email"));
    }

    private static GoogleSheets Client(params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string> { ["client_email"] = "flow@example.com", ["private_key"] = Key };
        foreach (var (name, value) in settings) values[name] = value;
        return new GoogleSheets(new ConnectionSettings("metrics", "google-sheets", values), Scope);
    }
}
