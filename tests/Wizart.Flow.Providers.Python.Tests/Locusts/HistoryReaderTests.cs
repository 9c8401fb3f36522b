using Wizart.Flow.Providers.Python.Locusts;

namespace Wizart.Flow.Providers.Python.Tests.Locusts;

public sealed class HistoryReaderTests : IDisposable
{
    private const string Header = "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,99%,Total Request Count,Total Failure Count\n";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Seconds_are_the_differences_of_totals_and_come_as_they_are_written()
    {
        var history = new HistoryReader(_file);
        Assert.Empty(history.Read());
        File.AppendAllText(_file, Header + "100,0,,Aggregated,0,0,N/A,N/A,N/A,0,0\n101,2,GET,/,5,1,10,20,30,8,3\n101,2,,Aggre");
        Assert.Equal(0, Assert.Single(history.Read()).Requests);
        File.AppendAllText(_file, "gated,5,1,10,20,30,8,3\n102,2,GET,/,5,1,11,21,31,20,3\n102,2,,Aggregated,5,1,11,21,31,20,3\n");
        Assert.Equal([(8, 3), (12, 0)], history.Read().Select(s => (s.Requests, s.Failures)));
        Assert.Empty(history.Read());

        Assert.Equal([0, 8, 12], history.Seconds.Select(s => s.Requests));
        Assert.Equal([8, 12], history.Of("GET", "/").Select(s => s.Requests));
        Assert.Equal(21.Milliseconds(), history.Seconds[^1].P95);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(102), history.Seconds[^1].Time);
    }

    [Fact]
    public void Totals_that_begin_anew_are_no_negative_seconds()
    {
        var history = new HistoryReader(_file);
        File.AppendAllText(_file, Header + "100,2,,Aggregated,0,0,1,1,1,50,5\n101,2,,Aggregated,0,0,1,1,1,7,1\n");
        Assert.Equal([(50, 5), (7, 1)], history.Read().Select(s => (s.Requests, s.Failures)));
    }

    [Fact]
    public void An_error_rate_is_that_of_the_last_twenty_requests_or_of_the_last_second()
    {
        Assert.Equal(0, Window((4, 4)).ErrorRate); // too few to say
        Assert.Equal(1, Window((100, 0), (100, 100)).ErrorRate);
        Assert.Equal(0.5, Window((1000, 0), (10, 0), (5, 5), (5, 5)).ErrorRate);
        var window = Window((10, 1), (30, 3));
        Assert.Equal((40, 4, 30), (window.Requests, window.Failures, window.Rps));
        Assert.Equal(0.1, window.ErrorRate);
        Assert.Equal("error rate 10 %", window.LastSeen);
    }

    private static LocustWindow Window(params (long Requests, long Failures)[] seconds) => new(
        [.. seconds.Select(s => new LocustSecond { Time = default, Users = 1, Requests = s.Requests, Failures = s.Failures, P50 = default, P95 = default, P99 = default })],
        TimeSpan.Zero);
}
