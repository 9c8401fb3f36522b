using CsCheck;
using Wizart.Flow.Providers.LoadTest.Arrivals;
using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Tests.Arrivals;

public class ArrivalScheduleTests
{
    [Fact]
    public void A_constant_rate_is_spread_evenly()
    {
        var schedule = ArrivalSchedule.Constant(4, 2.Seconds());
        Assert.Equal([0, 250, 500, 750, 1000, 1250, 1500, 1750], TimesOf(schedule).Select(t => (int)t.TotalMilliseconds));
    }

    [Fact]
    public void A_ramp_sends_the_area_under_it()
    {
        var schedule = new ArrivalSchedule().Then(0, 100, 10.Seconds());
        Assert.Equal(500, schedule.Count);
        Assert.Equal(125, TimesOf(schedule).Count(t => t < 5.Seconds()));
        Assert.Equal(50, schedule.RateAt(5.Seconds()), 6);
    }

    [Fact]
    public void A_pause_sends_nothing_and_takes_its_time()
    {
        var schedule = Load().Inject(10, 1.Seconds(), 1.Seconds()).Pause(5.Seconds()).Inject(60, 1.Minutes(), 3.Seconds()).Schedule();
        Assert.Equal(9.Seconds(), schedule.Duration);
        Assert.Equal(13, schedule.Count);
        Assert.DoesNotContain(TimesOf(schedule), t => t >= 1.Seconds() && t < 6.Seconds());
        Assert.Equal([6, 7, 8], TimesOf(schedule).Skip(10).Select(t => (int)t.TotalSeconds));
    }

    [Fact]
    public void A_ramp_begins_where_the_rate_before_it_ended()
    {
        var schedule = Load().Inject(100, 1.Seconds(), 1.Seconds()).RampingInject(200, 1.Seconds(), 2.Seconds()).RampingInject(0, 1.Seconds(), 1.Seconds()).Schedule();
        Assert.Equal(100 + 300 + 100, schedule.Count);
        Assert.Equal(150, schedule.RateAt(2.Seconds()), 6);
        Assert.Equal(0, schedule.RateAt(4.Seconds()), 6);
    }

    [Fact]
    public void Random_rates_stay_within_their_bounds_and_are_the_same_each_time()
    {
        var profile = Load().InjectRandom(10, 50, 1.Seconds(), 20.Seconds());
        var times = TimesOf(profile.Schedule());
        var perSecond = times.GroupBy(t => (int)t.TotalSeconds).Select(g => g.Count()).ToArray();
        Assert.Equal(20, perSecond.Length);
        Assert.All(perSecond, n => Assert.InRange(n, 9, 51));
        Assert.True(perSecond.Distinct().Count() > 5);
        Assert.Equal(times, TimesOf(profile.Schedule()));
    }

    [Fact]
    public void Times_never_go_back_and_no_second_gets_more_than_its_highest_rate()
    {
        var piece = Gen.Select(Gen.Double[0, 300], Gen.Double[0, 300], Gen.Double[0.1, 5]);
        piece.Array[1, 6].Sample(pieces =>
        {
            var schedule = new ArrivalSchedule();
            foreach (var (from, to, seconds) in pieces) schedule.Then(from, to, seconds.Seconds());
            var times = TimesOf(schedule);
            var highest = pieces.Max(p => Math.Max(p.Item1, p.Item2));
            var first = 0;
            for (var i = 0; i < times.Length; i++)
            {
                if (i > 0 && times[i] < times[i - 1]) return false;
                while (times[i] - times[first] >= 1.Seconds()) first++;
                if (i - first + 1 > highest + 2) return false; // a second may begin and end on a call
            }

            var area = pieces.Sum(p => (p.Item1 + p.Item2) / 2 * p.Item3);
            return Math.Abs(times.Length - area) <= 1 && times.All(t => t <= schedule.Duration);
        }, iter: 300);
    }

    [Fact]
    public void Scenarios_are_mixed_by_weight_and_spread_evenly()
    {
        var mix = new ScenarioMix([new("a", () => Task.CompletedTask, 30), new("b", () => Task.CompletedTask, 10)]);
        Assert.Equal("aabaaaba", string.Concat(Enumerable.Range(0, 8).Select(n => mix.At(n).Name)));
        Assert.Throws<ArgumentException>(() => LoadTest.Scenario("a", () => Task.CompletedTask).And("a", () => Task.CompletedTask).Pause(1.Seconds()));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadTest.Scenario("a", () => Task.CompletedTask, weight: 0));
    }

    [Fact]
    public void Rates_that_make_no_sense_are_refused()
    {
        var load = Load();
        Assert.Throws<ArgumentOutOfRangeException>(() => load.Inject(double.NaN, 1.Seconds(), 1.Seconds()));
        Assert.Throws<ArgumentOutOfRangeException>(() => load.Inject(1, TimeSpan.Zero, 1.Seconds()));
        Assert.Throws<ArgumentOutOfRangeException>(() => load.FindCapacity(double.NaN, 10, 1.Seconds()));
        Assert.Throws<ArgumentOutOfRangeException>(() => load.FindCapacity(20, 10, 1.Seconds()));
        Assert.Throws<ArgumentOutOfRangeException>(() => load.FindCapacity(1, 10, 0.1.Seconds()));
        Assert.Throws<ArgumentOutOfRangeException>(() => load.FindCapacity(1, 10, 1.Seconds()).Precision(0));
    }

    private static LoadScenario Load() => LoadTest.Scenario("a", () => Task.CompletedTask);

    private static TimeSpan[] TimesOf(ArrivalSchedule schedule)
    {
        var times = new TimeSpan[schedule.Count];
        for (var i = 0; i < times.Length; i++) times[i] = schedule.At(i);
        return times;
    }
}
