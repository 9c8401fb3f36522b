using System.Net;
using System.Net.Sockets;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Tests.Calls;

public class CallEndTests
{
    [Fact]
    public void Each_error_has_its_class()
    {
        Assert.Equal(CallOutcome.Good, Of(null));
        Assert.Equal(CallOutcome.Check, Of(new InvalidOperationException("empty list")));
        Assert.Equal(CallOutcome.Timeout, Of(new TimeoutException()));
        Assert.Equal(CallOutcome.Timeout, Of(new TaskCanceledException()));
        Assert.Equal(CallOutcome.Connection, Of(new SocketException((int)SocketError.ConnectionRefused)));
        Assert.Equal(CallOutcome.Connection, Of(new InvalidOperationException("outer", new HttpRequestException(HttpRequestError.SecureConnectionError))));
        Assert.Equal(CallOutcome.Timeout, Of(new HttpRequestException(HttpRequestError.ConnectionError, null, new TimeoutException())));
        Assert.Equal(CallOutcome.ServerError, Of(new HttpRequestException("no", null, HttpStatusCode.BadGateway)));
    }

    [Theory]
    [InlineData(301, (int)CallOutcome.Check)]
    [InlineData(404, (int)CallOutcome.ClientError)]
    [InlineData(429, (int)CallOutcome.ClientError)]
    [InlineData(503, (int)CallOutcome.ServerError)]
    public void A_failing_status_counts_whether_it_was_thrown_or_not(int status, int expected)
    {
        var call = new LoadCall(default);
        call.Answered(200, null, "GET /a");
        call.Answered(status, 3.Seconds(), "GET /b");
        call.Answered(500, null, "GET /c");
        foreach (var error in new[] { null, new InvalidOperationException() })
        {
            var end = CallEnd.Of(call, error);
            Assert.Equal((CallOutcome)expected, end.Outcome);
            Assert.Equal($"GET /b answered {status}", end.Problem);
            Assert.Equal(3.Seconds(), end.RetryAfter);
        }
    }

    private static CallOutcome Of(Exception? error) => CallEnd.Of(new LoadCall(default), error).Outcome;
}
