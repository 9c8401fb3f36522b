using System.Net.Http.Headers;
using System.Text;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

/// <summary>A server that has one of everything.</summary>
public sealed class EndpointWorld : IAsyncDisposable
{
    /// <summary>What one class of tests shares.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal EndpointWorld World { get; private set; } = null!;

        public async ValueTask InitializeAsync() => World = await StartAsync();

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private long _run;
    private long _backfill;
    private string _artifact = "";

    private EndpointWorld(ApiServer server) => Server = server;

    internal ApiServer Server { get; }

    internal static async Task<EndpointWorld> StartAsync()
    {
        var prices = new AssetModel { Uri = "wizart://prices" };
        var follower = Models.Chain("follower", "take") with
        {
            Schedule = new AssetScheduleModel(new AssetUpdated("wizart://prices")) { Text = "on wizart://prices" },
            Assets = [prices],
        };
        var orders = Models.Daily("orders") with { Pools = [new PoolModel("gpu", 3)] };
        var server = await ApiServer.StartAsync(orders, follower, Models.WithParams("params"));
        var world = new EndpointWorld(server);
        await server.PublishAsync(orders with { Description = "changed" });
        await server.PublishAsync(Models.Chain("folder/broken"), new Diagnostic("CS1002", "; expected", new SourceLocation("folder/broken.csx", 3, 7)));
        world._run = await server.Run("orders");
        await server.TellAsync(world._run, "rows", 5);
        world._artifact = new string('a', 64);
        server.Artifacts.Put(world._artifact, "content");
        await server.Engine.Coordinator.ExecuteAsync(async transaction =>
        {
            var backfill = await transaction.InsertBackfillAsync(new Engine.Backfills.Backfill
            {
                DagId = "params",
                VersionId = 1,
                From = DateTimeOffset.UnixEpoch,
                To = DateTimeOffset.UnixEpoch,
                Total = 1,
                CreatedBy = "ada",
                CreatedAt = DateTimeOffset.UnixEpoch,
            });
            world._backfill = backfill!.Id;
            return true;
        });
        await server.Send(HttpMethod.Put, "variables/limit", """{"value": 4}""");
        await server.Send(HttpMethod.Put, "variables/gone", """{"value": 4}""");
        foreach (var id in (string[])["shop", "gone"])
            await server.Send(HttpMethod.Put, $"connections/{id}", """{"type": "shop", "values": {"url": "http://shop", "token": "secret-of-shop"}}""");
        foreach (var name in (string[])["eve", "gone"]) await server.AddUser(name, Engine.Access.Role.Viewer);
        await server.Access().IssueTokenAsync("ci", Engine.Access.StoredToken.Local, Engine.Access.Role.Viewer, null, "ada");
        return world;
    }

    internal string PathOf(string path) => "/api/v1" + path
        .Replace("{run}", _run.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{backfill}", _backfill.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{artifact}", _artifact, StringComparison.Ordinal);

    internal HttpRequestMessage Request(EndpointTable.Row row, string path, string? body) =>
        new(new HttpMethod(row.Route.Split(' ')[0]), new Uri(Server.Client.BaseAddress!, PathOf(path)))
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };

    internal async Task<Answer> SendAsync(EndpointTable.Row row, string path, string? body, string? token = null, bool withToken = true)
    {
        using var request = Request(row, path, body);
        if (withToken) return await SendAsync(request);
        using var client = new HttpClient();
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    internal async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Server.Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
