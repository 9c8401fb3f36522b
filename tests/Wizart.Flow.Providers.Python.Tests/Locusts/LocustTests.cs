using System.Runtime.CompilerServices;
using System.Text.Json;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Python.Tests.Locusts;

public sealed class LocustTests : LocustTest
{
    [Fact]
    public async Task Statistics_come_back_typed_by_endpoint_and_second()
    {
        await using var service = await SampleService.Start();
        var file = Locustfile("""
            from locust import HttpUser, constant, task

            class Shopper(HttpUser):
                wait_time = constant(0.05)

                @task(3)
                def search(self):
                    self.client.get('/search, "quoted"', name='search, "quoted"')

                @task
                def broken(self):
                    self.client.post("/broken")
            """);
        var result = await Locust.Run(file, service.Url, users: 4, runTime: 4.Seconds(), stop: w => w.Requests > 1_000_000, run: Run);

        Assert.Null(result.Stopped);
        Assert.Null(result.Inconclusive);
        Assert.Null(result.Pace);
        var search = Assert.Single(result.Endpoints, e => e is { Method: "GET", Name: "search, \"quoted\"" });
        var broken = Assert.Single(result.Endpoints, e => e is { Method: "POST", Name: "/broken" });
        Assert.Equal(2, result.Endpoints.Count);
        Assert.Equal(0, search.Failures);
        Assert.Equal(broken.Requests, broken.Failures);
        Assert.Equal(1, broken.ErrorRate);
        Assert.Equal(search.Requests + broken.Requests, result.Total.Requests);
        Assert.InRange(service.Requests - result.Total.Requests, 0, 4); // those under way at the end
        Assert.True(search.P50 > TimeSpan.Zero && search.P50 <= search.P95 && search.P95 <= search.P99);
        Assert.Equal(search.P99, search.Percentiles[99]);
        Assert.Equal(2, search.MeanBytes);
        var failure = Assert.Single(result.Failures);
        Assert.Equal(("POST", "/broken", broken.Failures), (failure.Method, failure.Name, failure.Count));
        Assert.Contains("503", failure.Error, StringComparison.Ordinal);
        Assert.Equal(result.Total.Requests, result.Total.Seconds.Sum(s => s.Requests));
        Assert.Equal(search.Requests, search.Seconds.Sum(s => s.Requests));
        Assert.Contains(result.Total.Seconds, s => s.Users == 4);
        Assert.NotEmpty(Run.Shares);
        Assert.Contains("4 users", Run.Shares.Last().Text, StringComparison.Ordinal);
        Assert.Contains("load_test.p95_ms", Run.Metrics.Keys);
        Assert.Contains(Run.Lines, l => l.Text.Contains("All users spawned", StringComparison.Ordinal) && l.Level == LogLevel.Information);
        Assert.DoesNotContain(Run.Lines, l => l.Level == LogLevel.Error);
        var json = JsonSerializer.Serialize(result, ValueJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<LocustResult>(json, ValueJson.Options), ValueJson.Options));
    }

    [Fact]
    public async Task An_exit_code_of_the_locustfile_is_no_crash()
    {
        await using var service = await SampleService.Start();
        var file = Locustfile("""
            from locust import HttpUser, constant, events, task

            @events.quitting.add_listener
            def judge(environment, **_):
                environment.process_exit_code = 1

            class Shopper(HttpUser):
                wait_time = constant(0.05)

                @task
                def search(self):
                    self.client.get("/")
            """);
        var result = await Locust.Run(file, service.Url, users: 1, runTime: 2.Seconds(), run: Run);

        Assert.Equal(1, result.ExitCode);
        Assert.True(result.Total.Requests > 0);
    }

    [Theory]
    [InlineData("PacedHttpUser")]
    [InlineData("PacedFastHttpUser")]
    public async Task Paced_users_keep_the_rate_however_slow_the_service_is(string user)
    {
        await using var service = await SampleService.Start(300.Milliseconds());
        var result = await Locust.Run(Task("self.client.get('/')", user), service.Url, users: 40, runTime: 5.Seconds(), rps: 30, run: Run);

        // 40 users of a closed model without pauses would send 130/s; with a second's pause, 31/s, and less the slower the service.
        Assert.NotNull(result.Pace);
        // A machine that stands still for a moment drops what was due in it, and says so.
        Assert.InRange(result.Pace.Offered, 90, 151);
        Assert.InRange(result.Pace.Dropped, 0, result.Pace.Offered / 4);
        Assert.Equal(result.Pace.Dropped > result.Pace.Offered * 0.02, result.Inconclusive is not null);
        Assert.InRange(service.Requests, result.Pace.Offered - result.Pace.Dropped - 15, 151);
        Assert.InRange(result.Total.P50.TotalMilliseconds, 290, 2000);
    }

    [Fact]
    public async Task Tasks_that_find_no_user_are_dropped_and_make_the_result_inconclusive()
    {
        await using var service = await SampleService.Start(500.Milliseconds());
        var result = await Locust.Run(Task("self.client.get('/')"), service.Url, users: 5, runTime: 5.Seconds(), rps: 50, run: Run);

        // Five users hold ten requests a second, so that four in five find nobody.
        Assert.NotNull(result.Pace);
        Assert.InRange(service.Requests, 20, 51);
        Assert.InRange(result.Pace.Offered - result.Pace.Dropped, service.Requests - 6, service.Requests + 6);
        Assert.Contains("found none of the 5 users free", result.Inconclusive, StringComparison.Ordinal);
        Assert.True(result.Total.P50 >= 490.Milliseconds());
    }

    [Fact]
    public async Task The_wait_for_a_free_user_is_a_part_of_the_response_time()
    {
        await using var service = await SampleService.Start(190.Milliseconds());
        var result = await Locust.Run(Task("self.client.get('/')"), service.Url, users: 1, runTime: 5.Seconds(), rps: 5.2, run: Run);

        // A single user that is busy for nearly the whole 192 ms between two tasks comes late to each.
        Assert.True(result.Pace!.LatenessP99 > TimeSpan.Zero);
        Assert.True(result.Total.Max > 195.Milliseconds() + result.Pace.LatenessP99 / 2, $"{result.Total.Max} {result.Pace}");
    }

    [Fact]
    public async Task The_sample_locustfile_works_and_nothing_is_written_beside_it()
    {
        await using var service = await SampleService.Start();
        var folder = Path.GetFullPath(Path.Combine(Here(), "../../../pipelines"));
        var before = Directory.GetFileSystemEntries(folder).Order();
        var result = await Locust.Run(Path.Combine(folder, "locustfile.py"), service.Api(), users: 5, runTime: 3.Seconds(), rps: 20, run: Run);

        Assert.Equal(["product", "search"], result.Endpoints.Select(e => e.Name).Order());
        Assert.Equal(0, result.Total.Failures);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder).Order());
    }

    [Fact]
    public async Task A_stop_condition_ends_the_run_in_order_and_says_why()
    {
        await using var service = await SampleService.Start();
        var result = await Locust.Run(
            Task("self.client.get('/broken')"), service.Url, users: 10, runTime: 5.Minutes(), rps: 50, stop: w => w.Requests > 20 && w.ErrorRate > 0.5, run: Run);

        Assert.Equal("stop: error rate 100 %", result.Stopped);
        Assert.InRange(result.Total.Requests, 21, 1000);
        Assert.InRange(service.Requests - result.Total.Requests, 0, 10);
        Assert.Contains(Run.Lines, l => l is { Level: LogLevel.Warning, Text: "The load test was stopped: stop: error rate 100 %" });
    }

    [Fact]
    public async Task Failing_requests_stop_the_run_by_themselves()
    {
        await using var service = await SampleService.Start();
        var result = await Locust.Run(Task("self.client.get('/broken')", "HttpUser"), service.Url, users: 4, runTime: 5.Minutes(), run: Run);
        Assert.Equal("stop: error rate 100 %", result.Stopped);
    }

    [Fact]
    public async Task The_connections_credentials_are_sent_and_never_logged()
    {
        await using var service = await SampleService.Start();
        var result = await Locust.Run(
            Task("print(self.client.headers['Authorization'], flush=True); self.client.get('/')"),
            service.Api(("token", "s3cret-token")), users: 2, runTime: 2.Seconds(), rps: 10, run: Run);

        Assert.True(result.Total.Requests > 0);
        Assert.Equal(["Bearer s3cret-token"], service.Authorizations.Distinct());
        Assert.Contains(Run.Lines, l => l.Text == "***");
        Assert.DoesNotContain(Run.Lines, l => l.Text.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_keeps_what_was_measured_and_leaves_no_process()
    {
        await using var service = await SampleService.Start();
        service.OnRequest = number =>
        {
            if (number == 60) Cancel.Cancel();
        };
        var file = Task("self.client.get('/')");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Locust.Run(file, service.Url, users: 5, runTime: 5.Minutes(), rps: 30, run: Run));

        var partial = JsonSerializer.Deserialize<LocustResult>(Run.Artifacts["locust-partial.json"], ValueJson.Options)!;
        Assert.Equal("the attempt was cancelled", partial.Stopped);
        Assert.InRange(partial.Total.Requests, 50, 200);
        Assert.Empty(Processes.With(file));
    }

    [Fact]
    public async Task A_killed_locust_is_a_failure_and_what_was_measured_is_kept()
    {
        await using var service = await SampleService.Start();
        var file = Locustfile("""
            import os, signal, time
            from locust import HttpUser, constant, task

            start = time.time()

            class Shopper(HttpUser):
                wait_time = constant(0.05)

                @task
                def search(self):
                    self.client.get("/")
                    if time.time() > start + 3:
                        os.kill(os.getpid(), signal.SIGKILL)
            """);
        var error = await Assert.ThrowsAsync<Fail>(() => Locust.Run(file, service.Url, users: 2, runTime: 1.Minutes(), run: Run));

        Assert.Contains("ended with exit code 137 before the test", error.Message, StringComparison.Ordinal);
        var partial = JsonSerializer.Deserialize<LocustResult>(Run.Artifacts["locust-partial.json"], ValueJson.Options)!;
        Assert.Equal("Locust broke off", partial.Stopped);
        Assert.True(partial.Total.Requests > 0);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
