using System.Net;

namespace Wizart.Flow.Web.Tests.Ui.Live;

public sealed class LiveTests
{
    [Fact]
    public async Task A_change_of_a_run_is_told_with_its_dag_and_state()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        await using var live = await Listener.OpenAsync(server, "all");
        var run = await server.Run("etl");
        var events = await live.UntilAsync(e => e.Contains("success", StringComparison.Ordinal));
        Assert.Equal($"run {{\"run\":{run},\"dag\":\"etl\",\"state\":\"success\"}}", events[^1]);
    }

    [Theory]
    [InlineData("dag:etl", "etl")]
    [InlineData("dag:other", "other")]
    [InlineData("run:2", "other")]
    public async Task Only_what_is_watched_is_told(string watch, string dag)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"), Models.Chain("other", "u"));
        await using var live = await Listener.OpenAsync(server, watch);
        Assert.Equal((1L, 2L), (await server.Run("etl"), await server.Run("other")));
        await server.Run("etl");
        await server.Run("other");
        var events = await live.UntilAsync(e => e.Contains($"\"dag\":\"{dag}\",\"state\":\"success\"", StringComparison.Ordinal));
        Assert.All(events.Where(e => e.StartsWith("run", StringComparison.Ordinal)), e => Assert.Contains($"\"dag\":\"{dag}\"", e, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("dag:etl")]
    [InlineData("dag:not yet there")]
    public async Task A_saved_script_is_told(string watch)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        await using var live = await Listener.OpenAsync(server, watch);
        await server.PublishAsync(Models.Chain("etl", "t", "more"));
        Assert.Equal("dags {}", (await live.UntilAsync(e => e.StartsWith("dags", StringComparison.Ordinal)))[^1]);
    }

    [Fact]
    public async Task What_happened_between_the_making_of_a_page_and_its_listening_is_told()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        var page = await server.Html("dags/etl");
        var seen = System.Text.RegularExpressions.Regex.Match(page, "data-seen=\"(\\d+)\"").Groups[1].Value;
        var run = await server.Run("etl");
        await using var late = await Listener.OpenAsync(server, "dag:etl", seen);
        Assert.Contains($"\"run\":{run},", (await late.UntilAsync(e => e.StartsWith("run", StringComparison.Ordinal)))[^1], StringComparison.Ordinal);
        await using var odd = await Listener.OpenAsync(server, "dag:etl", "-1x");
        await server.Run("etl");
        await odd.UntilAsync(e => e.Contains("success", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_went_is_told_nothing_any_more()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        var live = await Listener.OpenAsync(server, "all");
        Assert.True(server.Engine.Feed.HasListeners);
        await live.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (server.Engine.Feed.HasListeners) await server.Run("etl").WaitAsync(patience.Token);
    }

    [Fact]
    public async Task Nobody_listens_without_signing_in()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        using var stranger = server.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.Get("live?watch=all")).Status);
        using var wrong = server.Program("flow_not-a-token-of-this-daemon");
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync(server.Url + "/live?watch=all")).StatusCode);
        Assert.False(server.Engine.Feed.HasListeners);
    }

    private sealed class Listener(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<Listener> OpenAsync(ApiServer server, string watch, string? since = null)
        {
            var url = $"{server.Url}/live?watch={Uri.EscapeDataString(watch)}{(since is null ? "" : $"&since={since}")}";
            var response = await server.Client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
            var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
                // The event that it is open.
            }

            return new Listener(response, reader);
        }

        /// <summary>Events as "name data", up to the first that is wanted.</summary>
        public async Task<IReadOnlyList<string>> UntilAsync(Func<string, bool> isWanted)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var (events, name) = (new List<string>(), "");
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                events.Add($"{name} {line[6..]}");
                if (isWanted(events[^1])) return events;
            }

            throw new InvalidOperationException($"The stream ended after: {string.Join("; ", events)}");
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
