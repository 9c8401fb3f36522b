using System.Text;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Host.Connections;

namespace Wizart.Flow.Host.Tests.Connections;

/// <summary>Connections of the database: encrypted where they lie, and the last place that is looked into.</summary>
public sealed class DatabaseSecretsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-secrets").FullName;
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public void What_is_encrypted_can_be_read_back_for_the_same_connection_only()
    {
        var cipher = new SettingsCipher(Path.Combine(_folder, "keys"));
        var plain = Encoding.UTF8.GetBytes("a secret of some length");
        var encrypted = cipher.Encrypt("shop", plain);
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(encrypted), StringComparison.Ordinal);
        Assert.Equal(plain, new SettingsCipher(Path.Combine(_folder, "keys")).Decrypt("shop", encrypted)); // after a restart
        Assert.Throws<ConnectionException>(() => cipher.Decrypt("other", encrypted));
        var error = Assert.Throws<ConnectionException>(() => new SettingsCipher(Path.Combine(_folder, "others")).Decrypt("shop", encrypted));
        Assert.Contains("Copy them from where it was stored", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_keys_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Files have other rights there.");
            return;
        }

        var folder = Path.Combine(_folder, "keys");
        new SettingsCipher(folder).Encrypt("shop", [1]);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder) & others);
        var keys = Directory.GetFiles(folder);
        Assert.NotEmpty(keys);
        foreach (var key in keys) Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(key) & others);
    }

    [Fact]
    public async Task The_environment_goes_before_the_file_and_the_file_before_the_database()
    {
        await using var store = new InMemoryFlowStore();
        var cipher = new SettingsCipher(Path.Combine(_folder, "keys"));
        var secrets = new DatabaseSecrets(Given("{}"), new StoredSettings(store, cipher));
        await using (var transaction = await store.BeginAsync(Cancellation))
        {
            await transaction.SaveConnectionAsync(new StoredConnection(
                "shop", "http", null, cipher.Encrypt("shop", Encoding.UTF8.GetBytes("""{"url": "http://database"}""")), DateTimeOffset.UnixEpoch));
            await transaction.CommitAsync();
        }

        Assert.Equal("http://database", (await secrets.FindConnectionAsync("shop", Cancellation))!.Find("url"));
        Assert.Null(await secrets.FindConnectionAsync("none", Cancellation));
        secrets = new DatabaseSecrets(Given("""{"shop": {"type": "http", "url": "http://file"}}"""), new StoredSettings(store, cipher));
        Assert.Equal("http://file", (await secrets.FindConnectionAsync("shop", Cancellation))!.Find("url"));
        _environment["FLOW_CONN_SHOP"] = """{"type": "http", "url": "http://environment"}""";
        Assert.Equal("http://environment", (await secrets.FindConnectionAsync("shop", Cancellation))!.Find("url"));
    }

    [Fact]
    public void All_given_ones_are_listed_and_what_is_wrong_with_them()
    {
        var file = Given("""{"b": {"type": "http", "url": "http://b"}, "a": {"type": "http", "url": "${NOWHERE}"}}""");
        _environment["FLOW_CONN_B"] = """{"type": "sqlite", "path": "b.db"}""";
        var all = file.All();
        Assert.Equal([("a", "", ConnectionOrigin.File), ("b", "sqlite", ConnectionOrigin.Environment)], all.Select(c => (c.Id, c.Type, c.Origin)));
        Assert.Contains("NOWHERE", all[0].Problem, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ConnectionsFile Given(string json)
    {
        var pipelines = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllText(Path.Combine(pipelines, ConnectionsFile.Name), json);
        return new ConnectionsFile(pipelines, _folder, _environment.GetValueOrDefault);
    }
}
