using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Errors;

public sealed class ErrorPagesTests
{
    [Fact]
    public async Task A_broken_file_shows_what_is_wrong_where_and_the_lines_around_it()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "extract", "load"));
        (await server.Html("errors")).Says("All scripts are fine.");
        await server.PublishAsync(
            Models.Chain("etl", "extract"),
            new Diagnostic("FLOW001", "Two tasks have the id 'load'. <script>alert(1)</script>", new SourceLocation("etl.csx", 2, 4)),
            new Diagnostic("CS0103", "The name does not exist.", new SourceLocation("other.csx", 99)));
        var page = await server.Html("errors");
        page.Says("etl.csx", "Two tasks have the id 'load'.", "line 2, column 4", "// etl: extract", "other.csx line 99", "still running the last good version of");
        Assert.Contains("href=\"handbook/errors#flow001-", page, StringComparison.Ordinal);
        page.IsHarmless();
        (await server.Html("errors?text=CS0103")).Says("etl.csx");
        (await server.Html("errors?text=zzz")).Says("No file fits.", "Show all 1");
    }

    [Fact]
    public async Task A_file_that_is_mended_is_gone_from_the_page()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        await server.PublishAsync(Models.Chain("etl", "t"), new Diagnostic("FLOW001", "Something is wrong.", null));
        (await server.Html("errors")).Says("Something is wrong.");
        await server.PublishAsync(Models.Chain("etl", "t", "u"));
        (await server.Html("errors")).Says("All scripts are fine.");
    }
}
