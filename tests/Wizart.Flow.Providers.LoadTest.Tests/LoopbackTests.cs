using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;
using Wizart.Flow.SampleService;

namespace Wizart.Flow.Providers.LoadTest.Tests;

/// <summary>Real requests to a real service on loopback. What is held against it is the truth of the figures, never how quick a machine is.</summary>
public class LoopbackTests
{
    [Fact]
    public async Task Every_call_of_a_schedule_is_counted_where_it_belongs()
    {
        await using var service = await SampleServer.StartAsync(100, TimeSpan.Zero);
        var (api, run) = (service.Api(), new RememberingContext());
        var result = await LoadTest
            .Scenario("good", () => api.Get("/"), weight: 2)
            .And("missing", () => Skip404(service, api))
            .And("check", () => Skip404(service, api, check: true))
            .Inject(200, 1.Seconds(), 2.Seconds())
            .StopWhen(_ => false)
            .Run(run);

        var step = Assert.Single(result.Steps);
        Assert.Equal(400, step.Offered);
        Assert.Equal(step.Offered, step.Started + step.Dropped);
        Assert.Equal(step.Started, step.Good + step.ClientErrors + step.CheckFailures);
        Assert.Equal(0, step.ServerErrors + step.Timeouts + step.ConnectionErrors + step.Cancelled);
        Assert.Equal(step.Started + 3 + 0, service.Requests); // and the three of the smoke check
        if (step.Dropped == 0) Assert.Equal((200L, 100L, 100L), (step.Good, step.ClientErrors, step.CheckFailures));
        Assert.Contains(result.Problems, p => p.Text == "GET /missing answered 404");
        Assert.Contains(result.Problems, p => p.Text == "not what was expected");
        Assert.NotEmpty(run.Shares);
        Assert.Contains("load_test.rps", run.Metrics.Keys);
    }

    [Fact]
    public async Task A_slow_answer_delays_no_other_call_and_is_counted_from_its_intended_time()
    {
        // One worker, 20 ms each: 50/s. At 100/s the n-th answer comes 10 ms × n late, which a model that waits would hide.
        await using var service = await SampleServer.StartAsync(1, 20.Milliseconds());
        var api = service.Api();
        var result = await LoadTest.Scenario("slow", () => api.Get("/")).Inject(100, 1.Seconds(), 2.Seconds()).Run(new RememberingContext());

        var step = result.Steps.Single();
        Assert.Equal(200, step.Offered);
        Assert.True(step.StartedRps > 90 || step.Verdict == LoadVerdict.Inconclusive, $"{step}");
        Assert.True(step.InFlight >= 50, $"{step}");
        Assert.True(step.P50 >= 800.Milliseconds() && step.P95 >= 1.5.Seconds(), $"{step}");
    }

    [Fact]
    public async Task A_stopped_test_sends_nothing_more_and_tells_when_the_service_recovered()
    {
        await using var service = await SampleServer.StartAsync(100, TimeSpan.Zero);
        var api = service.Api();
        long sentWhenMended = 0;
        service.OnRequest = number =>
        {
            if (number == 100) service.Broken = true;
        };
        var recovering = new RememberingContext();
        var test = LoadTest.Scenario("breaks", () => api.Get("/"))
            .FindCapacity(from: 200, upTo: 200, hold: 4.Seconds())
            .StopWhen(w =>
            {
                if (!(w.ErrorRate > 0.5)) return false;
                sentWhenMended = w.Started;
                service.Broken = false;
                return true;
            })
            .Run(recovering);
        var result = await test;

        Assert.Equal(CapacityOutcome.Stopped, result.Outcome);
        Assert.NotNull(result.Recovery);
        Assert.Equal(0, result.MaxRps);
        // At 200/s a second is 200 calls; the smoke check and the probes are not of the schedule.
        Assert.True(service.Requests < sentWhenMended + 200, $"{service.Requests} after {sentWhenMended}");
        Assert.Contains(recovering.Lines, l => l.Contains("answered well again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_test_sends_nothing_more_and_keeps_what_it_found()
    {
        await using var service = await SampleServer.StartAsync(100, TimeSpan.Zero);
        using var cancel = new CancellationTokenSource();
        var (api, run) = (service.Api(cancel.Token), new RememberingContext(cancel.Token));
        service.OnRequest = number =>
        {
            if (number == 400) cancel.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            LoadTest.Scenario("cancelled", () => api.Get("/")).FindCapacity(200, 200, 4.Seconds()).Run(run));

        Assert.True(service.Requests < 400 + 200, $"{service.Requests}");
        Assert.Contains("the task was cancelled", run.Artifacts["load-test-partial.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_never_end_are_given_up_and_counted()
    {
        var never = new TaskCompletionSource();
        var first = true;
        var result = await LoadTest.Scenario("hung", () => first ? Once() : never.Task)
            .Timeout(300.Milliseconds())
            .Inject(50, 1.Seconds(), 1.Seconds())
            .StopWhen(_ => false)
            .Run(new RememberingContext());

        var step = result.Steps.Single();
        Assert.Equal(step.Started, step.Timeouts);
        Assert.True(step.P50 >= 300.Milliseconds(), $"{step}");
        Assert.Contains(result.Problems, p => p.Text == "no answer within 0.3 s");

        Task Once()
        {
            first = false;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Too_many_calls_under_way_are_dropped_and_the_step_is_inconclusive()
    {
        await using var service = await SampleServer.StartAsync(1, 50.Milliseconds());
        var api = service.Api();
        var result = await LoadTest.Scenario("full", () => api.Get("/")).MaxInFlight(5).Inject(100, 1.Seconds(), 1.Seconds()).Run(new RememberingContext());

        var step = result.Steps.Single();
        Assert.True(step.Dropped >= 50, $"{step}");
        Assert.Equal(100, step.Started + step.Dropped);
        Assert.Equal(LoadVerdict.Inconclusive, step.Verdict);
        Assert.Contains("generator", step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_model_has_as_many_calls_under_way_as_callers()
    {
        await using var service = await SampleServer.StartAsync(3, 20.Milliseconds());
        var (api, now, most) = (service.Api(), 0, 0);
        var result = await LoadTest.Scenario("callers", CountAsync).KeepConstant(6, 1.Seconds()).Run(new RememberingContext());

        Assert.Equal(6, most);
        var step = result.Steps.Single();
        Assert.Equal(step.Offered, step.Good);
        Assert.True(step.Good >= 6, $"{step}");

        async Task CountAsync()
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await api.Get("/");
            Interlocked.Decrement(ref now);
        }
    }

    [Fact]
    public async Task A_capacity_known_by_arithmetic_is_found_or_said_to_be_open()
    {
        // 4 workers ÷ 40 ms = 100/s.
        await using var service = await SampleServer.StartAsync(4, 40.Milliseconds());
        var api = service.Api();
        var result = await LoadTest.Scenario("known", () => api.Get("/"))
            .FindCapacity(from: 60, upTo: 200, hold: 1.Seconds())
            .PassWhile(w => w.ErrorRate < 0.01 && w.P95 < 150.Milliseconds())
            .Precision(0.2).MinSamples(20)
            .Run(new RememberingContext());

        Assert.True(result.MaxRps <= 115, $"{result.MaxRps}");
        if (result.Outcome == CapacityOutcome.Found) Assert.True(result.FirstFailingRps > result.MaxRps && result.BindingLimit.Length > 0);
        else Assert.Contains(result.Outcome, new[] { CapacityOutcome.Inconclusive, CapacityOutcome.NothingHeld });
        Assert.All(result.Seconds, s => Assert.True(s.Rps <= 200));
    }

    [Fact]
    public async Task A_target_that_does_not_work_at_all_is_told_before_anything_is_sent()
    {
        await using var service = await SampleServer.StartAsync(1, TimeSpan.Zero);
        var api = service.Api();
        var missing = await Assert.ThrowsAsync<Fail>(() => LoadTest.Scenario("m", () => api.Get("/missing")).FindCapacity(10, 20, 1.Seconds()).Run(new RememberingContext()));
        Assert.Contains("scenario 'm' fails: GET /missing answered 404", missing.Message, StringComparison.Ordinal);
        Assert.Equal(1, service.Requests);

        var closed = new HttpApi(
            new ConnectionSettings("closed", "http", new Dictionary<string, string> { ["url"] = $"http://127.0.0.1:{FreePort()}" }),
            new ConnectionScope(TimeProvider.System, (_, _) => { }, default));
        var refused = await Assert.ThrowsAsync<Fail>(() => LoadTest.Scenario("c", () => closed.Get("/")).Inject(10, 1.Seconds(), 1.Seconds()).Run(new RememberingContext()));
        Assert.Contains("connection refused", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_before_anything_is_sent()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var service = await SampleServer.StartAsync(1, TimeSpan.Zero, "https://127.0.0.1:0", certificate);
        var api = service.Api();
        var refused = await Assert.ThrowsAsync<Fail>(() => LoadTest.Scenario("tls", () => api.Get("/")).FindCapacity(10, 20, 1.Seconds()).Run(new RememberingContext()));
        Assert.Contains("scenario 'tls' fails", refused.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, service.Requests);
    }

    [Fact]
    public async Task A_target_that_was_not_allowed_is_refused()
    {
        var foreign = new HttpApi(
            new ConnectionSettings("shop", "http", new Dictionary<string, string> { ["url"] = "http://shop.invalid" }),
            new ConnectionScope(TimeProvider.System, (_, _) => { }, default));
        var refused = await Assert.ThrowsAsync<Fail>(() => LoadTest.Scenario("x", () => foreign.Get("/")).FindCapacity(10, 20, 1.Seconds()).Run(new RememberingContext()));
        Assert.Contains("shop.invalid may not be load-tested", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"loadTest\": true in connection 'shop'", refused.Message, StringComparison.Ordinal);
    }

    private static async Task Skip404(SampleServer service, HttpApi api, bool check = false)
    {
        // The smoke check comes first, and has to see that the service works.
        if (service.Requests < 3 || check) await api.Get("/");
        else await api.Get("/missing");
        if (check && service.Requests > 3) throw new InvalidOperationException("not what was expected");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
