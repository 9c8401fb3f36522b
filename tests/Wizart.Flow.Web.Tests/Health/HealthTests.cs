using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Maintenance;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Health;

namespace Wizart.Flow.Web.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Alive_answers_anybody()
    {
        await using var server = await ApiServer.StartAsync();
        using var nobody = server.Browser();
        Assert.Equal((HttpStatusCode.OK, "alive"), ((await nobody.Get("alive")).Status, (await nobody.Get("alive")).Text));
    }

    [Fact]
    public async Task Health_is_200_with_its_parts_while_the_clock_has_a_pulse_and_503_without()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await ApiServer.StartWithAsync(time: time);
        using var nobody = server.Browser();
        server.Engine.Duties.Add(new Duty("clock", TimeSpan.FromSeconds(5), _ => Task.CompletedTask));
        await server.Engine.Duties.RunAsync("clock", CancellationToken.None);

        var well = await nobody.Get("health");
        Assert.Equal(HttpStatusCode.OK, well.Status);
        var json = Models.Json(well.Text);
        Assert.Equal("ok", json.GetProperty("status").GetString());
        var parts = json.GetProperty("parts").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);
        Assert.Equal(["database", "scheduler"], parts.Keys.Order());
        Assert.Equal(time.GetUtcNow(), parts["scheduler"].GetProperty("beat").GetDateTimeOffset());

        time.Advance(TimeSpan.FromSeconds(36)); // the alarms of this server follow another clock
        var stuck = await nobody.Get("health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stuck.Status);
        Assert.Contains("its pulse has stopped", stuck.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await nobody.Get("alive")).Status);
        Assert.Equal(HttpStatusCode.OK, (await nobody.Get("api/v1/health")).Status);
    }

    [Fact]
    public async Task A_round_that_does_not_end_is_overdue_too_and_what_may_be_late_is_only_that()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var duties = new DutyRoster(new Silent(), time, NullLogger<DutyRoster>.Instance);
        var part = new DutyHealth("watcher", duties, "sweep", TimeSpan.FromMinutes(2), PartStatus.Late, time);
        Assert.Equal(PartStatus.Late, (await part.CheckAsync(default)).Status);

        var round = new TaskCompletionSource();
        duties.Add(new Duty("sweep", TimeSpan.FromSeconds(5), _ => round.Task));
        Assert.Equal(new PartHealth(PartStatus.Ok, null), await Check());
        time.Advance(TimeSpan.FromSeconds(5));
        var running = duties.RunAsync("sweep", default);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(PartStatus.Ok, (await Check()).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PartStatus.Late, (await Check()).Status);
        round.SetResult();
        await running;
        Assert.Equal(new PartHealth(PartStatus.Ok, time.GetUtcNow()), await Check());

        ValueTask<PartHealth> Check() => part.CheckAsync(default);
    }

    [Fact]
    public async Task Metrics_tell_runs_attempts_durations_and_the_process()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "a", "b"));
        server.Bodies.Set("b", Outcomes.Fails("no"));
        await server.Run("x");
        using var nobody = server.Browser();
        var seen = await nobody.Get("metrics");
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (seen.Status, seen.Response.Content.Headers.ContentType?.MediaType));
        var lines = seen.Text.Split('\n');
        Assert.Contains("flow_runs_ended_total{state=\"failed\"} 1", lines);
        Assert.Contains("flow_runs_ended_total{state=\"success\"} 0", lines);
        Assert.Contains("flow_attempts_ended_total{outcome=\"succeeded\"} 1", lines);
        Assert.Contains("flow_attempts_ended_total{outcome=\"failed\"} 1", lines);
        Assert.Contains("flow_run_duration_seconds_count 1", lines);
        Assert.Contains("flow_attempt_duration_seconds_bucket{le=\"+Inf\"} 2", lines);
        Assert.Contains("flow_slots 8", lines);
        Assert.Contains("flow_dags{paused=\"false\"} 1", lines);
        Assert.Contains("# TYPE flow_run_duration_seconds histogram", lines);
        Assert.Contains(lines, line => line.StartsWith("process_resident_memory_bytes ", StringComparison.Ordinal));
        Assert.All(lines.Where(l => l.Length > 0 && l[0] != '#'), line => Assert.Matches("""^[a-z_]+(\{[a-z]+="[^"]*"\})? -?[0-9.]+$""", line));
        Assert.Equal(lines.Count(l => l.StartsWith("# TYPE", StringComparison.Ordinal)), lines.Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public async Task Metrics_from_elsewhere_need_a_token_unless_the_settings_open_them()
    {
        await using var closed = await ApiServer.StartWithAsync(new AccessOptions { TrustedProxies = "127.0.0.1" });
        await using var open = await ApiServer.StartWithAsync(new AccessOptions { TrustedProxies = "127.0.0.1", AnonymousMetrics = true });
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(closed, null));
        Assert.Equal(HttpStatusCode.OK, await Ask(closed, ApiServer.Token));
        Assert.Equal(HttpStatusCode.OK, await Ask(open, null));

        await using var unknowing = await ApiServer.StartAsync(); // a proxy on this machine that nobody named
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(unknowing, null));

        static async Task<HttpStatusCode> Ask(ApiServer server, string? token)
        {
            using var browser = server.Browser();
            browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
            if (token is not null) browser.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            return (await browser.Get("metrics")).Status;
        }
    }

    private sealed class Silent : IAlarms
    {
        public void Set(Alarm alarm, DateTimeOffset due)
        {
        }

        public void Cancel(string key)
        {
        }
    }
}
