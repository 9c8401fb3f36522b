using Microsoft.AspNetCore.Http;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Tests.Ui.Layout;

public sealed class StartingPageTests
{
    [Fact]
    public async Task It_says_that_the_daemon_is_not_ready_and_asks_again_by_itself()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await StartingPage.WriteAsync(context);
        context.Response.Body.Position = 0;
        var page = await new StreamReader(context.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal((503, "text/html; charset=utf-8", "no-store"), (context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.CacheControl.ToString()));
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"1\">", page, StringComparison.Ordinal);
        Assert.Contains("Wizart.Flow is starting, or stopping", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style", page, StringComparison.OrdinalIgnoreCase);
    }
}
