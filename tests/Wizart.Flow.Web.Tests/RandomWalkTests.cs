using System.Collections.Concurrent;
using System.Net;

namespace Wizart.Flow.Web.Tests;

/// <summary>Thousands of bad requests over all endpoints: none may find a mistake of ours.</summary>
public sealed class RandomWalkTests
{
    private const int Requests = 10_000;
    private const int Walkers = 8;

    [Fact]
    public async Task No_request_whatever_it_is_makes_the_daemon_fail()
    {
        await using var world = await EndpointWorld.StartAsync();
        var endpoints = Endpoint.Of(world.Server.Services);
        var failures = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, Walkers).Select(walker => Task.Run(() => WalkAsync(world, new BadRequests(4711 + walker, endpoints), failures))));

        Assert.True(failures.IsEmpty, $"{failures.Count} failed, such as:\n{string.Join('\n', failures.Take(10))}");
        Assert.True(world.Server.Log.Lines.IsEmpty, string.Join('\n', world.Server.Log.Lines.Take(5)));
        Assert.Equal(HttpStatusCode.OK, (await world.Server.Get("dags")).Status);
    }

    private static async Task WalkAsync(EndpointWorld world, BadRequests requests, ConcurrentQueue<string> failures)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = world.Server.Client.DefaultRequestHeaders.Authorization;
        for (var i = 0; i < Requests / Walkers; i++)
        {
            using var request = requests.Next(world.Server.Client.BaseAddress!, part => Known(world, part));
            var what = $"{request.Method} {request.RequestUri!.OriginalString}";
            if (request.Content is { } content)
            {
                var body = System.Text.Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
                what += $" with {body[..Math.Min(body.Length, 300)]}";
            }

            // Some are answered only when a run ends, and nobody waits for that here.
            var mayLast = what.Contains("/wait", StringComparison.Ordinal) || what.Contains("follow", StringComparison.Ordinal);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(mayLast ? 1 : 30));
            try
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                if ((int)response.StatusCode >= 500) failures.Enqueue($"{(int)response.StatusCode} {what} {await response.Content.ReadAsStringAsync(patience.Token)}");
                await response.Content.LoadIntoBufferAsync(patience.Token);
            }
            catch (OperationCanceledException) when (mayLast)
            {
                // It waits, as it should.
            }
            catch (Exception error)
            {
                failures.Enqueue($"{what}: {error.Message}");
            }
        }
    }

    private static string Known(EndpointWorld world, string part) => part switch
    {
        "{dagId}" => "orders",
        "{taskId}" => "load",
        "{runId}" => world.PathOf("{run}")["/api/v1".Length..],
        "{id}" or "{id:long}" or "{number}" => "1",
        "{hash}" => world.PathOf("{artifact}")["/api/v1".Length..],
        "{name}" => "limit",
        _ => "x",
    };
}
