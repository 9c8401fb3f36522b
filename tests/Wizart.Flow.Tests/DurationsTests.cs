namespace Wizart.Flow.Tests;

public sealed class DurationsTests
{
    [Fact]
    public void Spans_are_spoken()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(250), 250.Milliseconds());
        Assert.Equal(TimeSpan.FromSeconds(30), 30.Seconds());
        Assert.Equal(TimeSpan.FromMinutes(15), 15.Minutes());
        Assert.Equal(TimeSpan.FromHours(2), 2.Hours());
        Assert.Equal(TimeSpan.FromDays(1), 1.Days());
        Assert.Equal(TimeSpan.FromMinutes(90), 1.5.Hours());
        Assert.Equal(TimeSpan.FromSeconds(90), 1.5.Minutes());
        Assert.Equal(TimeSpan.FromMilliseconds(500), 0.5.Seconds());
    }
}
