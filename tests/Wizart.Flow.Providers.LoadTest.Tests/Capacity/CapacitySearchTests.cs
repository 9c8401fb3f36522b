using CsCheck;
using Wizart.Flow.Providers.LoadTest.Capacity;

namespace Wizart.Flow.Providers.LoadTest.Tests.Capacity;

public class CapacitySearchTests
{
    [Fact]
    public void Any_limit_is_found_within_the_precision_and_without_going_far_above_it()
    {
        Gen.Select(Gen.Double[1, 50], Gen.Double[1, 200], Gen.Double[0.01, 0.1]).Sample((from, times, precision) =>
        {
            var limit = from * times;
            var search = new CapacitySearch(from, from * 1_000, 1.4, precision);
            var highest = 0.0;
            while (search.Next is { } move)
            {
                highest = Math.Max(highest, move.Rate);
                search.Record(move.Rate <= limit ? LoadVerdict.Passed : LoadVerdict.Failed);
            }

            return search.Confirmed && search.Held <= limit && search.FirstFailing > limit
                && search.Held >= limit / (1 + precision) * 0.99 && highest < 1.5 * search.Held;
        });
    }

    [Fact]
    public void Whatever_the_verdicts_a_search_ends_keeps_its_bound_and_never_calls_held_what_failed_last()
    {
        var verdict = Gen.Int[0, 5].Select(n => n switch { < 3 => LoadVerdict.Passed, < 5 => LoadVerdict.Failed, _ => LoadVerdict.Inconclusive });
        verdict.Array[2_000].Sample(verdicts =>
        {
            var search = new CapacitySearch(10, 500, 1.4, 0.03);
            var last = new Dictionary<double, LoadVerdict>();
            for (var i = 0; search.Next is { } move; i++)
            {
                if (i >= verdicts.Length || move.Rate > 500 || move.Rate <= 0) return false;
                last[move.Rate] = verdicts[i];
                search.Record(verdicts[i]);
            }

            return search.Held == 0 || last[search.Held] != LoadVerdict.Failed;
        });
    }

    [Fact]
    public void A_step_that_stays_open_is_tried_once_more_and_then_ends_the_search()
    {
        var search = new CapacitySearch(10, 500, 1.4, 0.03);
        search.Record(LoadVerdict.Passed);
        var rate = search.Next!.Rate;
        search.Record(LoadVerdict.Inconclusive);
        Assert.Equal(rate, search.Next!.Rate);
        search.Record(LoadVerdict.Inconclusive);
        Assert.Null(search.Next);
        Assert.True(search.Inconclusive);
        Assert.Equal(10, search.Held);
        Assert.False(search.Confirmed);
    }

    [Fact]
    public void A_failure_that_was_no_limit_does_not_end_the_climb()
    {
        var search = new CapacitySearch(10, 1_000, 1.4, 0.03);
        var steps = 0;
        while (search.Next is { } move) search.Record(steps++ == 2 || move.Rate > 700 ? LoadVerdict.Failed : LoadVerdict.Passed);
        Assert.InRange(search.Held, 700 / 1.03 * 0.99, 700);
    }

    [Fact]
    public void Where_nothing_passes_the_search_gives_up()
    {
        var search = new CapacitySearch(64, 1_000, 1.4, 0.03);
        var lowest = double.MaxValue;
        while (search.Next is { } move)
        {
            lowest = Math.Min(lowest, move.Rate);
            search.Record(LoadVerdict.Failed);
        }

        Assert.Equal(0, search.Held);
        Assert.Equal(1, lowest);
    }
}
