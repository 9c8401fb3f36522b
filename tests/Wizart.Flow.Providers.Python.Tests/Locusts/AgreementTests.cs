using LoadTests = Wizart.Flow.Providers.LoadTest.LoadTest;

namespace Wizart.Flow.Providers.Python.Tests.Locusts;

/// <summary>Our own load test and the real Locust see the same service in the same way.</summary>
public sealed class AgreementTests : LocustTest
{
    [Fact]
    public async Task Both_see_a_service_that_holds_the_one_rate_and_not_the_other()
    {
        var file = Task("self.client.get('/', timeout=20)");
        foreach (var (rate, holds) in ((double, bool)[])[(20, true), (120, false)])
        {
            // Four workers of 50 ms hold 80 requests a second; above that the wait grows by half a second every second.
            await using var service = await SampleService.Start(50.Milliseconds(), workers: 4);
            var api = service.Api();
            var own = await LoadTests.Scenario("get", () => api.Get("/")).Inject(rate, 1.Seconds(), during: 4.Seconds()).Run(Run);
            await using var again = await SampleService.Start(50.Milliseconds(), workers: 4);
            var locust = await Locust.Run(file, again.Url, users: 400, runTime: 5.Seconds(), rps: rate, run: Run);

            var step = Assert.Single(own.Steps);
            Assert.True(step.P50 < 300.Milliseconds() == holds, $"own: p50 {step.P50.TotalMilliseconds} ms at {rate}/s");
            Assert.True(locust.Total.P50 < 300.Milliseconds() == holds, $"Locust: p50 {locust.Total.P50.TotalMilliseconds} ms at {rate}/s");
            Assert.InRange(locust.Pace!.Offered, rate * 3.5, rate * 5 + 1);
        }
    }
}
