namespace Wizart.Flow.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void A_fixed_wait_stays_the_same() =>
        Assert.All(Enumerable.Range(1, 50), retry => Assert.Equal(5.Seconds(), Backoff.Fixed(5.Seconds()).WaitBefore(retry, 0.99)));

    [Fact]
    public void An_exponential_wait_doubles_up_to_its_limit()
    {
        var backoff = Backoff.Exponential(10.Seconds(), max: 1.Minutes()).Jitter(0);
        Assert.Equal([10.0, 20, 40, 60, 60], Enumerable.Range(1, 5).Select(retry => backoff.WaitBefore(retry, 0.5).TotalSeconds));
    }

    [Fact]
    public void Jitter_moves_a_wait_either_way_but_not_past_the_limit()
    {
        var backoff = Backoff.Exponential(100.Seconds(), max: 105.Seconds());
        Assert.Equal(90, backoff.WaitBefore(1, 0).TotalSeconds, 1e-6);
        Assert.Equal(100, backoff.WaitBefore(1, 0.5).TotalSeconds, 1e-6);
        Assert.Equal(105, backoff.WaitBefore(1, 0.999).TotalSeconds, 1e-6);
    }

    [Fact]
    public void However_often_it_is_tried_a_wait_is_a_wait()
    {
        Assert.Equal(TimeSpan.FromDays(1), Backoff.Exponential(1.Seconds()).Jitter(0).WaitBefore(5_000, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.Exponential(TimeSpan.Zero).WaitBefore(5_000, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.None.WaitBefore(1, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.Fixed(-5.Seconds()).WaitBefore(1, 0.5));
    }

    [Fact]
    public void Retries_are_counted_from_one() => Assert.Throws<ArgumentOutOfRangeException>(() => Backoff.None.WaitBefore(0, 0));
}
