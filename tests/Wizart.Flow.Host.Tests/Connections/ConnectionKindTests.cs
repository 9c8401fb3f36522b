using System.Net;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Connections;
using Wizart.Flow.Host.Connections;
using Wizart.Flow.TestServers;
using Wizart.Flow.TestServers.Sheets;

namespace Wizart.Flow.Host.Tests.Connections;

/// <summary>The kinds of connections that providers describe, and how each is tried.</summary>
public sealed class ConnectionKindTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-kinds").FullName;

    [Fact]
    public void Every_kind_that_a_client_understands_is_described()
    {
        var types = HostConnections.Create();
        Assert.Equal(types.All.SelectMany(t => t.Kinds).Order(StringComparer.Ordinal), types.Kinds.Select(k => k.Name));
        Assert.All(types.Kinds, kind =>
        {
            Assert.NotNull(kind.Check);
            Assert.NotEmpty(kind.Title);
            Assert.Equal(kind.Settings.Count, kind.Settings.Select(s => s.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(kind.Settings, setting =>
            {
                Assert.NotEmpty(setting.Description);
                Assert.Equal(setting.Type == SettingType.Choice, setting.Choices.Count > 0);
                Assert.True(setting.Secret || !ConnectionSettings.IsSecret(setting.Name), $"{kind.Name}.{setting.Name} is named like a secret and is not declared as one.");
            });
        });
    }

    [Fact]
    public void Headers_of_a_web_api_are_kept_from_peoples_eyes()
    {
        var http = HostConnections.Create().FindKind("http")!;
        Assert.True(http.Takes("header.X-Key") && http.IsSecret("header.X-Key"));
        Assert.False(http.Takes("header.") || http.Takes("headers") || http.IsSecret("url"));
    }

    [Fact]
    public async Task A_web_api_is_tried_by_asking_it()
    {
        using var listener = Listener(out var url);
        var asked = AnswerAsync(listener, 204);
        Assert.Equal("The server answers 204 at its base address.", await TryAsync("http", ("url", url), ("token", "t0ken")));
        Assert.Equal("Bearer t0ken", await asked);
        asked = AnswerAsync(listener, 401);
        Assert.Contains("answers 401", (await Assert.ThrowsAsync<ConnectionException>(() => TryAsync("http", ("url", url)))).Message, StringComparison.Ordinal);
        await asked;
        asked = AnswerAsync(listener, 503);
        Assert.Contains("answers 503", (await Assert.ThrowsAsync<ConnectionException>(() => TryAsync("http", ("url", url)))).Message, StringComparison.Ordinal);
        await asked;
    }

    [Fact]
    public async Task A_database_is_tried_with_a_query_and_not_made()
    {
        var path = Path.Combine(_folder, "shop.db");
        await Assert.ThrowsAsync<ConnectionException>(() => TryAsync("sqlite", ("path", path)));
        Assert.False(File.Exists(path));
        using (var database = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "create table t (x)";
            command.ExecuteNonQuery();
        }

        Assert.Equal("The database answers a query.", await TryAsync("sqlite", ("path", path)));
        SqliteConnection.ClearAllPools();
    }

    [Theory]
    [InlineData("slack", "https://hooks.slack.com/services/T/B/x")]
    [InlineData("teams", "https://prod-1.westeurope.logic.azure.com/workflows/x")]
    public async Task Of_a_webhook_only_the_address_is_looked_at(string kind, string webhook)
    {
        Assert.Contains("would post one", await TryAsync(kind, ("webhook", webhook)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConnectionException>(() => TryAsync(kind, ("webhook", "ftp://x")));
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_told()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => TryAsync("smtp", ("host", "127.0.0.1"), ("port", "1"), ("tls", "none"), ("from", "a@example.com")));
        Assert.Contains("can't be reached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_is_tried_by_signing_in_and_gets_no_mail()
    {
        await using var server = SmtpServer.Start(account: ("flow", "right"));
        (string, string)[] settings = [("host", "localhost"), ("port", $"{server.Port}"), ("fingerprint", server.Fingerprint), ("from", "a@example.com"), ("user", "flow")];
        Assert.Contains("accepts 'flow'", await TryAsync("smtp", [.. settings, ("password", "right")]), StringComparison.Ordinal);
        Assert.Contains("does not accept user", (await Assert.ThrowsAnyAsync<Exception>(() => TryAsync("smtp", [.. settings, ("password", "wrong")]))).Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_spreadsheet_is_tried_by_opening_it_and_an_account_by_signing_in()
    {
        await using var server = await SheetsServer.Start();
        (string, string)[] settings = [.. server.Settings.Select(s => (s.Key, s.Value))];
        Assert.Contains("it may open", await TryAsync("google-sheets", settings), StringComparison.Ordinal);
        Assert.Contains("none was opened", await TryAsync("google-sheets", [.. settings.Where(s => s.Item1 != "spreadsheet")]), StringComparison.Ordinal);
        var stranger = settings.Select(s => s.Item1 == "client_email" ? (s.Item1, "stranger@example.com") : s).Where(s => s.Item1 != "spreadsheet");
        Assert.Contains("does not accept the account", (await Assert.ThrowsAnyAsync<Exception>(() => TryAsync("google-sheets", [.. stranger]))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<string> TryAsync(string kind, params (string Name, string Value)[] values) => HostConnections.Create().FindKind(kind)!.Check!(
        new ConnectionSettings("tried", kind, values.ToDictionary(v => v.Name, v => v.Value)),
        new ConnectionScope(TimeProvider.System, (_, _) => { }, TestContext.Current.CancellationToken));

    private static HttpListener Listener(out string url)
    {
        for (var port = 20_000 + Random.Shared.Next(20_000); ; port++)
        {
            var listener = new HttpListener();
            url = $"http://127.0.0.1:{port}/";
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                listener.Close(); // taken
            }
        }
    }

    private static async Task<string?> AnswerAsync(HttpListener listener, int status)
    {
        var context = await listener.GetContextAsync();
        context.Response.StatusCode = status;
        context.Response.Close();
        return context.Request.Headers["Authorization"];
    }
}
