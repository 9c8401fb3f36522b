using System.Net;
using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class ThrottleTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly SignInThrottle _throttle;

    public ThrottleTests() => _throttle = new SignInThrottle(_time);

    [Fact]
    public void The_wait_of_a_name_grows_to_a_minute_and_no_further()
    {
        for (var i = 0; i < 5; i++) Assert.Null(_throttle.Begin("ada", Address(i)));
        var waits = new List<double>();
        for (var i = 5; i < 14; i++)
        {
            var wait = _throttle.Begin("ada", Address(i))!.Value;
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait - TimeSpan.FromMilliseconds(1));
            Assert.NotNull(_throttle.Begin("ada", Address(i)));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(_throttle.Begin("ada", Address(i)));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
        Assert.Null(_throttle.Begin("bob", Address(99)));
    }

    [Fact]
    public void An_address_is_slowed_down_over_all_names_and_a_network_of_ipv6_is_one_address()
    {
        for (var i = 0; i < 20; i++) Assert.Null(_throttle.Begin($"user{i}", IPAddress.Parse($"2001:db8:1:2::{i:x}")));
        Assert.NotNull(_throttle.Begin("another", IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(_throttle.Begin("another", IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Null(_throttle.Begin("another", IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void An_address_means_the_same_however_it_is_written()
    {
        for (var i = 0; i < 20; i++) _throttle.Begin($"user{i}", IPAddress.Parse("192.0.2.1"));
        Assert.NotNull(_throttle.Begin("another", IPAddress.Parse("::ffff:192.0.2.1")));
    }

    [Fact]
    public void Success_forgets_the_name_and_the_tries_count_before_they_end()
    {
        for (var i = 0; i < 5; i++) Assert.Null(_throttle.Begin("ada", Address(1)));
        Assert.NotNull(_throttle.Begin("ada", Address(1))); // none of the five has ended yet
        _throttle.Succeeded("ada", Address(1));
        Assert.Null(_throttle.Begin("ada", Address(1)));
    }

    [Fact]
    public void Old_failures_are_forgotten()
    {
        for (var i = 0; i < 5; i++) _throttle.Begin("ada", Address(1));
        _time.Advance(TimeSpan.FromMinutes(4.1));
        Assert.Null(_throttle.Begin("ada", Address(1)));
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_a_flood_does_not_free_who_is_blocked()
    {
        for (var i = 0; i < 5; i++) _throttle.Begin("ada", Address(0));
        for (var i = 0; i < 3 * SignInThrottle.Most; i++) _throttle.Begin($"flood{i}", Address(i + 1));
        Assert.True(_throttle.Remembered.Names <= SignInThrottle.Most && _throttle.Remembered.Addresses <= SignInThrottle.Most, $"{_throttle.Remembered}");
        Assert.NotNull(_throttle.Begin("ada", Address(77)));
    }

    private static IPAddress Address(int number) => new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
