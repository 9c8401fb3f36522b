using Wizart.Flow.Execution;
using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class ArtifactsVerbTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public async Task Files_of_a_run_are_listed_and_saved_where_one_is()
    {
        using var bench = new Bench();
        await using var server = await StartAsync("report.html");
        await server.Run("x");

        var list = await bench.FlowOf(server, "artifacts", "x", "latest");
        Assert.Matches(@"report\.html +1\.5 KB +t +1 ", list.Out);
        Assert.Equal("report.html", (await bench.FlowOf(server, "artifacts", "x", "latest", "-o", "json")).Json[0].GetProperty("name").GetString());

        var saved = await bench.FlowOf(server, "artifacts", "x", "latest", "report.html");
        Assert.True(saved.Out.StartsWith("Saved report.html (1.5 KB)", StringComparison.Ordinal), saved.ToString());
        Assert.Equal("<h1>Fine</h1>", await File.ReadAllTextAsync(Path.Combine(bench.Folder, "report.html"), TestContext.Current.CancellationToken));

        var twice = await bench.FlowOf(server, "artifacts", "x", "latest", "report.html");
        Assert.Equal(ExitCodes.Failed, twice.Code);
        Assert.Contains("There is a report.html here already. Say where to save it with --to.", twice.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Fine, (await bench.FlowOf(server, "artifacts", "x", "latest", "report.html", "--to", "report.html")).Code);
    }

    [Fact]
    public async Task A_name_that_a_script_chose_leads_nowhere_else()
    {
        using var bench = new Bench();
        await using var server = await StartAsync("../../outside.txt");
        await server.Run("x");
        var saved = await bench.FlowOf(server, "artifacts", "x", "latest", "../../outside.txt");
        Assert.True(saved.Code == ExitCodes.Fine, saved.ToString());
        Assert.True(File.Exists(Path.Combine(bench.Folder, "outside.txt")));
    }

    [Fact]
    public async Task A_wrong_name_is_told_with_the_nearest_and_a_place_that_is_not_there_too()
    {
        using var bench = new Bench();
        await using var server = await StartAsync("report.html");
        await server.Run("x");
        Assert.Contains("kept no file 'report.htm'. Did you mean 'report.html'?", (await bench.FlowOf(server, "artifacts", "x", "latest", "report.htm")).Error, StringComparison.Ordinal);
        Assert.Contains("can't be written", (await bench.FlowOf(server, "artifacts", "x", "latest", "report.html", "--to", "gone/report.html")).Error, StringComparison.Ordinal);
        Assert.Equal("[]", (await bench.FlowOf(server, "artifacts", "x", "latest", "--task", "other", "-o", "json")).Out.Trim());
    }

    private static async Task<ApiServer> StartAsync(string name)
    {
        var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Artifacts.Put(Hash, "<h1>Fine</h1>");
        server.Bodies.Set("t", attempt =>
        {
            attempt.Tell(new AttemptEvent.ArtifactKept(new Artifact(name, Hash, 1_500, "text/html")));
            return Task.FromResult<AttemptOutcome>(Outcomes.Gives("0"));
        });
        return server;
    }
}
