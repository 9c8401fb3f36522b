using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>The catalogue sample as it stands in <c>pipelines/</c>: forty brands against an HTTP service on this machine.</summary>
public sealed class CatalogueTests
{
    private const int Brands = 40;

    [Fact]
    public async Task New_prices_make_a_catalogue_of_forty_brands_and_its_index()
    {
        using var home = new DaemonHome();
        await using var shop = new Shop();
        var database = Path.Combine(home.Root, "warehouse.db");
        await FillAsync(database);
        home.Write("catalogue.csx", await File.ReadAllTextAsync(Path.Combine(SelfReportTests.Samples(), "catalogue.csx"), TestContext.Current.CancellationToken));
        home.Write("connections.json", JsonSerializer.Serialize(new
        {
            warehouse = new { type = "sqlite", path = database },
            web = new { type = "http", url = shop.Url },
            search = new { type = "http", url = shop.Url },
        }));
        await using var daemon = await DaemonProcess.StartAsync(home);
        var told = await daemon.Api.PostAsync("assets/events", """{"uri": "wizart://prices", "value": {"Prices": {"s7": 7.5}}}""");
        Assert.Equal(HttpStatusCode.Created, told.StatusCode);

        var run = Assert.Single(await daemon.Api.RunsAsync("catalogue"));
        Assert.True((await daemon.Api.EndAsync(run.Id)).State == RunState.Success, daemon.Output);
        var fetched = (await daemon.Api.TasksAsync(run.Id)).Where(t => t.Id == "fetch" && t.MapIndex >= 0).ToArray();
        Assert.Equal(Brands, fetched.Length);
        Assert.All(fetched, t => Assert.Equal(t.MapIndex == 5 ? 2 : 1, t.Attempts));
        Assert.Equal(Brands + 1, shop.Fetches);

        var index = await Eventually.GetAsync(async () => (await daemon.Api.RunsAsync("reindex")).SingleOrDefault(), () => $"the run of reindex.\n{daemon.Output}");
        Assert.True((await daemon.Api.EndAsync(index.Id)).State == RunState.Success, daemon.Output);
        var products = Assert.Single(shop.Indexed);
        Assert.Equal(Brands, products.GetArrayLength());
        Assert.Equal(7.5m, products.EnumerateArray().Single(p => p.GetProperty("sku").GetString() == "s7").GetProperty("price").GetDecimal());
    }

    private static async Task FillAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            create table brands (name text, feed text, active integer);
            with recursive n(i) as (select 0 union all select i + 1 from n where i < {Brands - 1})
            insert into brands select 'brand ' || i, '/feeds/' || i, 1 from n;
            insert into brands values ('gone', '/feeds/gone', 0);
            """;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Feeds of one product each, one of which can't be found at first; and an index.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _listening;
        private readonly ConcurrentQueue<JsonElement> _indexed = new();
        private int _fetches;
        private int _failures;

        public Shop()
        {
            var port = WebhookListener.FreePort();
            Url = $"http://127.0.0.1:{port}";
            _listener.Prefixes.Add($"{Url}/");
            _listener.Start();
            _listening = ListenAsync();
        }

        public string Url { get; }

        public int Fetches => _fetches;

        public IReadOnlyCollection<JsonElement> Indexed => _indexed;

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _listening;
        }

        private async Task ListenAsync()
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
                {
                    return; // it was closed
                }

                await AnswerAsync(context);
            }
        }

        private async Task AnswerAsync(HttpListenerContext context)
        {
            var path = context.Request.Url!.AbsolutePath;
            if (path == "/products")
            {
                using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
                _indexed.Enqueue(body.RootElement.Clone());
            }
            else if (path == "/feeds/5" && Interlocked.Increment(ref _failures) == 1)
            {
                _fetches++;
                context.Response.StatusCode = 404;
            }
            else
            {
                _fetches++;
                var number = path["/feeds/".Length..];
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { new { sku = $"s{number}", title = $"Chair {number}", price = 1 } }));
            }

            context.Response.Close();
        }
    }
}
