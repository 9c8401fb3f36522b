using System.Net;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests.Ui.Finder;

public sealed class FinderTests
{
    [Fact]
    public async Task What_begins_with_the_words_comes_first_then_pages_then_tasks()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("web_pools", "read"), Models.Chain("pools_of_oak", "spool"), Models.Chain("etl", "load"));
        Assert.Equal(
            ["DAG dags/pools_of_oak", "DAG dags/web_pools", "page pools", "task dags/pools_of_oak/tasks#spool"], (await FindAsync(server, "POOL")).Take(4));
        Assert.Equal(["task dags/etl/tasks#load"], (await FindAsync(server, "load")).Where(f => f.StartsWith("task", StringComparison.Ordinal)));
        Assert.Empty(await FindAsync(server, "nothing like it"));
    }

    [Fact]
    public async Task A_run_is_found_by_its_number()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        var run = await server.Run("etl");
        Assert.Equal($"run runs/{run}", (await FindAsync(server, $"{run}"))[0]);
        Assert.Empty(await FindAsync(server, "99999"));
        Assert.Empty(await FindAsync(server, "99999999999999999999999"));
    }

    [Fact]
    public async Task No_more_than_a_dozen_are_told_and_a_task_is_not_looked_for_by_one_letter()
    {
        await using var server = await ApiServer.StartAsync([.. Enumerable.Range(0, 30).Select(i => Models.Chain($"dag{i}", "zz"))]);
        Assert.Equal(12, (await FindAsync(server, "dag")).Length);
        Assert.DoesNotContain(await FindAsync(server, "z"), f => f.StartsWith("task", StringComparison.Ordinal));
        Assert.Equal(12, (await FindAsync(server, "zz")).Length);
        Assert.NotEmpty(await FindAsync(server, ""));
    }

    [Fact]
    public async Task Pages_that_are_not_open_to_somebody_are_not_found()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        Assert.Contains("page users", await FindAsync(server, "users"));
        using var eve = await server.SignedIn("eve", Role.Viewer);
        Assert.DoesNotContain("users", (await eve.Get("find?text=users")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_escaped_as_json_that_is_no_markup()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        var answer = await server.Page("find?text=%3Cscript%3E%22");
        Assert.Equal((HttpStatusCode.OK, "application/json", "[]"), (answer.Status, answer.Type, answer.Text));
    }

    private static async Task<string[]> FindAsync(ApiServer server, string text) =>
        [.. (await server.Page($"find?text={Uri.EscapeDataString(text)}")).Json.EnumerateArray().Select(f => $"{f.GetProperty("kind").GetString()} {f.GetProperty("path").GetString()}")];
}
