using Wizart.Flow.Connections;
using Wizart.Flow.Host.Connections;

namespace Wizart.Flow.Host.Tests.Connections;

public sealed class ConnectionsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flow-connections-");
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public async Task Connections_are_read_with_all_their_settings()
    {
        Write("""
            {
              // beside the pipelines
              "shop": {"type": "http", "url": "http://127.0.0.1:9100", "retries": 3, "strict": true, "note": null},
            }
            """);
        var shop = await Find("shop");
        Assert.Equal("http", shop!.Type);
        Assert.Equal(("http://127.0.0.1:9100", "3", "true"), (shop.Require("URL"), shop.Require("retries"), shop.Require("strict")));
        Assert.Null(shop.Find("note"));
        Assert.Null(await Find("warehouse"));
    }

    [Fact]
    public async Task Without_a_file_there_are_no_connections() => Assert.Null(await Find("shop"));

    [Fact]
    public async Task A_changed_file_is_read_again()
    {
        var connections = Connections();
        Write("""{"shop": {"type": "http", "url": "http://a"}}""");
        Assert.Equal("http://a", (await connections.FindConnectionAsync("shop", CancellationToken.None))!.Require("url"));
        Write("""{"shop": {"type": "http", "url": "http://longer"}}""");
        Assert.Equal("http://longer", (await connections.FindConnectionAsync("shop", CancellationToken.None))!.Require("url"));
        File.Delete(Path.Combine(_folder.FullName, ConnectionsFile.Name));
        Assert.Null(await connections.FindConnectionAsync("shop", CancellationToken.None));
    }

    [Theory]
    [InlineData("catalogue-api", "FLOW_CONN_CATALOGUE_API")]
    [InlineData("shop", "FLOW_CONN_SHOP")]
    [InlineData("a.b c", "FLOW_CONN_A_B_C")]
    public async Task The_environment_goes_first(string id, string variable)
    {
        Assert.Equal(variable, ConnectionsFile.VariableOf(id));
        Write($$$"""{"{{{id}}}": {"type": "http", "url": "http://file"}}""");
        _environment[variable] = """{"type": "http", "url": "http://environment"}""";
        Assert.Equal("http://environment", (await Find(id))!.Require("url"));
    }

    [Fact]
    public async Task Values_may_name_variables_of_the_environment()
    {
        _environment["SHOP_TOKEN"] = "s3cret";
        Write("""{"shop": {"type": "http", "token": "Bearer ${SHOP_TOKEN}!", "plain": "$${SHOP_TOKEN}", "url": "http://a"}, "other": {"type": "http", "token": "${MISSING}"}}""");
        var shop = await Find("shop");
        Assert.Equal(("Bearer s3cret!", "${SHOP_TOKEN}"), (shop!.Require("token"), shop.Require("plain")));
        Assert.Contains("MISSING", (await Assert.ThrowsAsync<ConnectionException>(() => Find("other"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"shop\": {\"type\": \"http\",\n  oops\n}", "connections.json(3,3): This is not JSON")]
    [InlineData("{\n  \"shop\": 7\n}", "connections.json(2,11): Connection 'shop' must be a JSON object")]
    [InlineData("{\n  \"shop\": {\"url\": \"x\"}\n}", "connections.json(2,11): Connection 'shop' has no \"type\"")]
    [InlineData("{\"shop\": {\"type\": \"http\", \"headers\": {}}}", "connections.json(1,38): 'headers' of connection 'shop' must be a text")]
    [InlineData("{\"a\": {\"type\": \"x\"},\n\"a\": {\"type\": \"y\"}}", "connections.json(2,1): A second connection 'a'")]
    [InlineData("{\"a\": {\"type\": \"x\", \"url\": \"1\", \"URL\": \"2\"}}", "has a second 'URL'")]
    [InlineData("[]", "connections.json(1,1): The file must be one JSON object")]
    [InlineData("", "connections.json(1,1): This is not JSON")]
    [InlineData("{} {}", "connections.json(1,4): This is not JSON")]
    public async Task A_file_that_is_wrong_says_where(string text, string told)
    {
        Write(text);
        var error = await Assert.ThrowsAsync<ConnectionException>(() => Find("shop"));
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConnectionException>(() => Find("shop")); // and says so each time
    }

    [Fact]
    public async Task The_running_daemon_is_a_connection_of_its_own()
    {
        Assert.Null(await Find("flow"));
        File.WriteAllText(Path.Combine(_folder.FullName, "daemon.json"), """{"url": "http://127.0.0.1:8080", "token": "t0ken", "pid": 1}""");
        var flow = await Find("flow");
        Assert.Equal(("http", "http://127.0.0.1:8080", "t0ken"), (flow!.Type, flow.Require("url"), flow.Require("token")));
        Write("""{"flow": {"type": "http", "url": "http://elsewhere"}}""");
        Assert.Equal("http://elsewhere", (await Find("flow"))!.Require("url"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ConnectionsFile Connections() => new(_folder.FullName, _folder.FullName, name => _environment.GetValueOrDefault(name));

    private Task<ConnectionSettings?> Find(string id) => Connections().FindConnectionAsync(id, CancellationToken.None).AsTask();

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder.FullName, ConnectionsFile.Name), text);
}
