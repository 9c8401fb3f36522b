using Wizart.Flow.Providers.LoadTest.Capacity;

namespace Wizart.Flow.Providers.LoadTest.Tests.Capacity;

/// <summary>Whole searches against services whose limit is known by arithmetic.</summary>
public class CapacityRunTests
{
    private static readonly CapacitySettings Settings = new(20, 2_000, 20.Seconds())
    {
        PassWhile = new LoadCondition(w => w.ErrorRate < 0.01 && w.P95 < 300.Milliseconds(), ""),
        StopWhen = new LoadCondition(_ => false, ""),
    };

    [Theory]
    [InlineData(5, 100, 50)]
    [InlineData(10, 50, 200)]
    [InlineData(20, 20, 1_000)]
    public Task A_sharp_knee_is_found(int workers, int milliseconds, double limit) =>
        Finds(limit, new QueueService(workers, milliseconds.Milliseconds()));

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(1_000)]
    public Task Slow_degradation_is_found(double limit) => Finds(limit, new SlowDegradation(limit));

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(1_000)]
    public Task A_rate_limiter_is_found(double limit) => Finds(limit, new RateLimiter(limit));

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(1_000)]
    public Task A_service_that_hangs_is_found(double limit) => Finds(limit, new Hanging(limit));

    [Theory]
    [InlineData(5, 100, 50)]
    [InlineData(10, 50, 200)]
    [InlineData(20, 20, 1_000)]
    public Task A_slow_start_does_not_deceive(int workers, int milliseconds, double limit) =>
        Finds(limit, new SlowStart(workers, milliseconds.Milliseconds(), 45.Seconds()));

    [Theory]
    [InlineData(50, 11)]
    [InlineData(200, 16)]
    [InlineData(1_000, 23)]
    public Task Of_a_flapping_service_the_lower_limit_is_found(double limit, int periodSeconds) =>
        Finds(limit, new Flapping(limit, limit * 1.6, periodSeconds.Seconds()));

    [Fact]
    public async Task A_service_below_the_first_rate_is_found_below()
    {
        var (run, _) = await Run(Settings with { From = 100, UpTo = 500 }, new RateLimiter(30));
        Assert.InRange(run.Search.Held, 30 * 0.95, 30 * 1.05);
        Assert.True(run.Search.Confirmed);
    }

    [Fact]
    public async Task Nothing_is_ever_sent_above_the_highest_rate()
    {
        var (run, generator) = await Run(Settings with { UpTo = 333 }, new RateLimiter(10_000));
        Assert.Equal(333, run.Search.Held);
        Assert.Null(run.Search.FirstFailing);
        Assert.InRange(HighestRate(generator.Sent), 300, 334);
        Assert.Equal(CapacityOutcome.HeldUpTo, ResultOf(run, Settings with { UpTo = 333 }).Outcome);
    }

    [Fact]
    public async Task Harm_ends_sending_within_a_second_and_is_told()
    {
        var service = new Breaking(300);
        var (run, generator) = await Run(Settings with { StopWhen = new LoadCondition(w => w.ErrorRate > 0.5, "") }, service);
        var result = ResultOf(run);
        Assert.Equal(CapacityOutcome.Stopped, result.Outcome);
        Assert.InRange(generator.StoppedAt!.Value - service.BrokenAt!.Value, TimeSpan.Zero, 1.Seconds());
        Assert.True(generator.Sent[^1] <= generator.StoppedAt);
        Assert.Contains("StopWhen: error rate", result.Stopped, StringComparison.Ordinal);
        Assert.Contains("stopped", result.BindingLimit, StringComparison.Ordinal);
        Assert.Null(result.Recovery);
        Assert.InRange(result.MaxRps, 150, 300);
    }

    [Fact]
    public async Task A_service_that_does_not_recover_is_left_alone()
    {
        var (run, _) = await Run(Settings, new Breaking(300));
        Assert.Contains("did not recover", ResultOf(run).Stopped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budgets_end_a_search()
    {
        var (calls, generator) = await Run(Settings with { MostCalls = 5_000 }, new RateLimiter(200));
        Assert.Contains("5000 calls", ResultOf(calls).Stopped, StringComparison.Ordinal);
        Assert.InRange(generator.Sent.Count, 5_000, 5_000 + 50);
        var (time, _) = await Run(Settings with { MostTime = 1.Minutes() }, new RateLimiter(200));
        Assert.Contains("00:01:00", ResultOf(time).Stopped, StringComparison.Ordinal);
        Assert.Equal(CapacityOutcome.Stopped, ResultOf(time).Outcome);
    }

    [Fact]
    public async Task A_late_generator_is_never_the_services_limit()
    {
        var generator = new SimulatedGenerator(new RateLimiter(200)) { Lateness = 400.Milliseconds() };
        var run = new CapacityRun(Settings, generator, _ => { });
        await run.GoAsync(CancellationToken.None);
        var result = ResultOf(run);
        Assert.Equal(CapacityOutcome.Inconclusive, result.Outcome);
        Assert.Contains("generator", result.BindingLimit, StringComparison.Ordinal);
        Assert.Null(result.FirstFailingRps);
    }

    [Fact]
    public async Task A_starved_generator_is_never_the_services_limit()
    {
        var generator = new SimulatedGenerator(new RateLimiter(200)) { Cpu = 0.97 };
        var run = new CapacityRun(Settings, generator, _ => { });
        await run.GoAsync(CancellationToken.None);
        Assert.Equal(CapacityOutcome.Inconclusive, ResultOf(run).Outcome);
        Assert.InRange(ResultOf(run).MaxRps, 100, 200);
    }

    [Fact]
    public async Task A_result_names_what_bound_it_and_survives_storage()
    {
        var (run, _) = await Run(Settings, new QueueService(10, 50.Milliseconds()));
        var result = ResultOf(run);
        Assert.Equal(CapacityOutcome.Found, result.Outcome);
        Assert.StartsWith("p95 ", result.BindingLimit, StringComparison.Ordinal);
        Assert.Equal(result.MaxRps, result.AtMax.Rps);
        Assert.True(result.Confirmed);
        Assert.Equal(result.Holds.Select(step => step.Rps).Distinct().Order(), result.Steps.Select(step => step.Rps));
        Assert.True(result.Holds.Count > result.Steps.Count);
        Assert.True(result.AtMax.Window >= 40.Seconds());
        Assert.InRange(result.At50!.Rps / result.MaxRps, 0.35, 0.65);
        var text = System.Text.Json.JsonSerializer.Serialize(result, Values.ValueJson.Options);
        var read = System.Text.Json.JsonSerializer.Deserialize<CapacityResult>(text, Values.ValueJson.Options)!;
        Assert.Equal(result.Steps, read.Steps);
        Assert.Equal(result.AtMax.P95, read.AtMax.P95);
        Assert.Equal(LoadTrend.Same, read.ComparedWith(result).Trend);
        Assert.Equal(LoadTrend.Worse, (read with { MaxRps = read.MaxRps / 2 }).ComparedWith(result).Trend);
        Assert.Equal(LoadTrend.Unknown, (read with { Outcome = CapacityOutcome.Inconclusive }).ComparedWith(result).Trend);
        Assert.Equal(LoadTrend.Better, result.ComparedWith(Earlier(result.MaxRps * 0.9)).Trend);
        Assert.Equal(new LoadComparison(LoadTrend.Same, 0), result.ComparedWith(Earlier(50, result.MaxRps)));
        Assert.Equal(LoadTrend.Unknown, result.ComparedWith(Earlier()).Trend);
        Assert.Null(Values.StorableTypes.WhyNot(typeof(CapacityResult)));
        Assert.Null(Values.StorableTypes.WhyNot(typeof(LoadResult)));
    }

    private static Trend Earlier(params double[] rates) => new(
        LoadTest.MaxRps,
        rates.Select((rate, day) => new TrendPoint(DateTimeOffset.UnixEpoch.AddDays(day), rate, day, DateTimeOffset.UnixEpoch, new Dictionary<string, string>())));

    private static async Task Finds(double limit, SimulatedService service)
    {
        var (run, generator) = await Run(Settings, service);
        var told = string.Join('\n', run.Steps.Select(s => $"{s.Kind} {s.Rps} {s.Verdict} {s.Reason}"));
        Assert.True(run.Stopped is null && !run.Search.Inconclusive && run.Search.Confirmed, $"{run.Stopped}\n{told}");
        Assert.True(run.Search.Held >= limit * 0.95 && run.Search.Held <= limit * 1.05, $"{run.Search.Held} for {limit}:\n{told}");
        var highest = HighestRate(generator.Sent);
        Assert.True(highest < 1.5 * run.Search.Held || highest <= Settings.From + 1, $"Sent {highest}/s, held {run.Search.Held}:\n{told}");
    }

    private static async Task<(CapacityRun, SimulatedGenerator)> Run(CapacitySettings settings, SimulatedService service)
    {
        var generator = new SimulatedGenerator(service);
        var run = new CapacityRun(settings, generator, _ => { });
        await run.GoAsync(CancellationToken.None);
        return (run, generator);
    }

    private static CapacityResult ResultOf(CapacityRun run, CapacitySettings? settings = null) =>
        CapacityResults.Of(run, settings ?? Settings, [], DateTimeOffset.UnixEpoch, 1.Minutes());

    private static int HighestRate(List<TimeSpan> sent)
    {
        var (first, highest) = (0, 0);
        for (var last = 0; last < sent.Count; last++)
        {
            while (sent[last] - sent[first] >= 1.Seconds()) first++;
            highest = Math.Max(highest, last - first + 1);
        }

        return highest;
    }
}
