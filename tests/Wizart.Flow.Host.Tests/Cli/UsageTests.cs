using Wizart.Flow.Host.Cli;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class UsageTests
{
    public static TheoryData<string> Verbs =>
        ["serve", "check", "run", "next", "show", "dags", "trigger", "simulate", "backfill", "backfills", "runs", "tasks", "logs", "clear", "mark", "note", "cancel", "pause", "unpause", "errors", "variables"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_has_help_and_knows_the_pipelines_folder(string verb)
    {
        using var bench = new Bench();
        var outcome = await bench.Flow(verb, "--help");
        Assert.Equal(ExitCodes.Fine, outcome.Code);
        Assert.Contains($"flow {verb}", outcome.Out.Replace(ExecutableName, "flow", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("--pipelines <DIR>", outcome.Out, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--nonsense")]
    [InlineData("check", "--nonsense")]
    [InlineData("run")]
    [InlineData("next")]
    [InlineData("next", "x", "--count", "0")]
    [InlineData("next", "x", "--count", "many")]
    [InlineData("next", "x", "--count")]
    [InlineData("tasks", "x")]
    [InlineData("logs", "x", "1")]
    [InlineData("logs", "x", "1", "t", "--attempt", "0")]
    [InlineData("runs", "x", "--only", "sleeping")]
    [InlineData("dags", "--output", "yaml")]
    [InlineData("dags", "--output", "1")]
    [InlineData("simulate", "--from", "2026-11-01")]
    [InlineData("simulate", "--nonsense")]
    [InlineData("backfill", "x", "--from", "2026-11-01")]
    [InlineData("backfill", "x", "--from", "2026-11-01", "--to", "2026-11-02", "--reprocess", "some")]
    [InlineData("backfill", "x", "--from", "2026-11-01", "--to", "2026-11-02", "--max-active", "0")]
    [InlineData("clear", "x")]
    [InlineData("clear", "x", "1", "--version", "old")]
    [InlineData("mark", "x", "1", "--as", "done")]
    [InlineData("mark", "x", "1")]
    [InlineData("backfills", "pause")]
    [InlineData("backfills", "pause", "x")]
    [InlineData("cancel")]
    [InlineData("cancel", "1", "2")]
    [InlineData("serve", "--workers", "0")]
    [InlineData("variables", "set", "x")]
    [InlineData("variables", "nonsense")]
    public async Task Wrong_usage_is_told_with_the_help_of_the_verb(params string[] arguments)
    {
        using var bench = new Bench();
        var outcome = await bench.Flow(arguments);
        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Empty(outcome.Out);
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Usage:", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--pipelines", "nowhere")]
    [InlineData("run", "x", "--pipelines", "nowhere")]
    [InlineData("next", "x", "--pipelines", "nowhere")]
    [InlineData("show", "x", "--pipelines", "nowhere")]
    public async Task A_folder_that_is_not_there_is_told(params string[] arguments)
    {
        using var bench = new Bench();
        var outcome = await bench.Flow(arguments);
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.StartsWith("error: There is no folder nowhere.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dags")]
    [InlineData("trigger", "x")]
    [InlineData("errors")]
    public async Task Without_a_daemon_its_verbs_say_how_to_start_one(params string[] arguments)
    {
        using var bench = new Bench();
        var outcome = await bench.Flow(arguments);
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Contains("flow serve", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_is_gone_is_told()
    {
        using var bench = new Bench();
        bench.Write(".flow/daemon.json", """{"url": "http://127.0.0.1:1", "token": "0123456789abcdef", "pid": 1}""");
        var outcome = await bench.Flow("dags");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Contains("No daemon answers at http://127.0.0.1:1", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Url=nowhere", "is no address")]
    [InlineData("Url=https://127.0.0.1:8080", "plain HTTP")]
    [InlineData("Url=http://127.0.0.1:99999", "no such port")]
    [InlineData("Workers=many", "'many' at 'Flow:Workers' can't be read")]
    [InlineData("WarmWorkers=-1", "WarmWorkers is -1")]
    [InlineData("Wokers=3", "Did you mean 'Workers'?")]
    [InlineData("Database:Provder=Sqlite", "Did you mean 'Provider'?")]
    [InlineData("Database:Provider=PostgreSql", "ConnectionString is needed")]
    [InlineData("Sweep=00:00:00", "Sweep must be longer")]
    [InlineData("WorkerMemoryBytes=1", "at least 67108864")]
    [InlineData("nothing", "not NAME=VALUE")]
    public async Task A_setting_that_makes_no_sense_keeps_the_daemon_from_starting(string setting, string told)
    {
        using var bench = new Bench();
        var outcome = await bench.Flow("serve", "--set", setting);
        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_no_json_is_told()
    {
        using var bench = new Bench();
        bench.Write("appsettings.json", "{ \"Flow\": ");
        var outcome = await bench.Flow("serve");
        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains("appsettings.json can't be read", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_may_be_set_in_the_settings_file()
    {
        using var bench = new Bench();
        bench.Write("appsettings.json", """{"Flow": {"Pipelines": "elsewhere"}}""");
        bench.Write("elsewhere/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow("next", "sums", "--count", "1");
        Assert.Equal(ExitCodes.Fine, outcome.Code);
        Assert.Equal(1, outcome.Json.GetArrayLength());
    }

    private static string ExecutableName => System.CommandLine.RootCommand.ExecutableName;
}
