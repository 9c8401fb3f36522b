using CsCheck;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Tests.Schema;

public sealed class UnixMicrosecondsTests
{
    [Fact]
    public void Whole_microseconds_come_back_and_the_rest_is_cut_off_towards_the_past() =>
        Gen.Long[0, DateTimeOffset.MaxValue.Ticks].Sample(ticks =>
        {
            var time = new DateTimeOffset(ticks, TimeSpan.Zero);
            var back = UnixMicroseconds.ToTime(UnixMicroseconds.From(time));
            Assert.InRange(time - back, TimeSpan.Zero, TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond - 1));
            Assert.Equal(UnixMicroseconds.From(back), UnixMicroseconds.From(time));
        });

    [Fact]
    public void The_offset_does_not_matter() =>
        Assert.Equal(UnixMicroseconds.From(Sample.Noon), UnixMicroseconds.From(Sample.Noon.ToOffset(TimeSpan.FromHours(-5))));
}
