namespace Wizart.Flow.Web.Tests.Ui;

public sealed class UnknownPagesTests
{
    [Theory]
    [InlineData("assets/4711", "There is no asset '4711'")]
    [InlineData("assets/x", "There is no page /assets/x")]
    [InlineData("assets?uri=wizart%3A%2F%2Fnone", "There is no asset 'wizart://none'")]
    [InlineData("measures/nope", "No task has told a metric 'nope'")]
    [InlineData("variables/nope", "There is no variable 'nope'")]
    [InlineData("pools/nope", "There is no pool 'nope'")]
    [InlineData("approvals/99/t", "There is no run 99")]
    [InlineData("backfills/99", "There is no backfill 99")]
    [InlineData("backfills/x", "There is no backfill x")]
    [InlineData("handbook/nope", "The handbook has no page 'nope'")]
    [InlineData("handbook/asset", "Did you mean 'assets'?")]
    public async Task What_is_not_there_is_said_to_be_missing(string path, string why)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        (await server.Page(path)).IsMissing(why);
    }

    [Theory]
    [InlineData("assets", "No assets yet.")]
    [InlineData("measures", "No metrics yet.")]
    [InlineData("variables", "No variables yet.")]
    [InlineData("pools", "No pools.")]
    [InlineData("errors", "Nothing is wrong.")]
    [InlineData("approvals", "Nobody waits for you.")]
    [InlineData("backfills", "No backfills yet.")]
    public async Task What_is_empty_says_what_to_do_next(string path, string words)
    {
        await using var server = await ApiServer.StartAsync();
        var page = await server.Html(path);
        page.Says(words, "<title>");
        Assert.Contains("aria-current=\"page\"", page, StringComparison.Ordinal);
        (await server.Html(path, partial: true)).SaysNot("<title>");
    }

    [Theory]
    [InlineData("assets?page=99999999999&text=%00&dag=%F0%9F%92%A9")]
    [InlineData("measures?show=&show=nope&page=-1&span=x&by=y&tag=&tag=a")]
    [InlineData("variables?page=x&text=%3Cscript%3E")]
    [InlineData("backfills?state=nope&before=x&dag=%3C")]
    [InlineData("approvals?dag=%3Cb%3E")]
    [InlineData("errors?text=%25")]
    [InlineData("pools?text=%27")]
    [InlineData("handbook?text=%3Cscript%3E")]
    public async Task A_query_that_makes_no_sense_is_no_mistake_of_ours(string path)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        (await server.Html(path)).SaysNot("A mistake of the daemon's own");
    }
}
