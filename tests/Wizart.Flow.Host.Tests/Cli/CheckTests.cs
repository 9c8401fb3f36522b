using Wizart.Flow.Host.Cli;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class CheckTests
{
    [Fact]
    public async Task Scripts_in_order_are_told_as_such()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var outcome = await bench.Flow("check");
        Assert.True(outcome.Code == ExitCodes.Fine, outcome.ToString());
        Assert.Equal("1 script, 1 DAG: no errors", outcome.Out.Trim());
    }

    [Fact]
    public async Task An_empty_folder_is_in_order()
    {
        using var bench = new Bench();
        var outcome = await bench.Flow("check", "--output", "json");
        Assert.Equal((ExitCodes.Fine, "[]"), (outcome.Code, outcome.Out.Trim()));
    }

    [Fact]
    public async Task Errors_of_all_files_are_told_together_with_their_places()
    {
        using var bench = new Bench();
        bench.Write("pipelines/a.csx", "var dag = Dag(\"a\");\ndag.Task(\"t\").Run(() => 1.Foo);\n");
        bench.Write("pipelines/b.csx", "Dag(\"b\").Schedule(Cron(\"0 0 30 2 *\")).Task(\"t\").Run(() => 1);\n");
        bench.Write("pipelines/c.csx", Scripts.Sums);
        var outcome = await bench.Flow("check");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        var lines = outcome.Out.Split('\n');
        Assert.StartsWith("pipelines/a.csx(2,27): error CS1061: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("pipelines/b.csx(1", lines[1], StringComparison.Ordinal);
        Assert.Contains("error FLOW008: ", lines[1], StringComparison.Ordinal);
        Assert.Contains("3 scripts", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("2 errors", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_an_array_of_diagnostics_and_nothing_else()
    {
        using var bench = new Bench();
        var path = bench.Write("pipelines/a.csx", "Dag(\"a\").Task(\"t\").Run(() => 1.Foo);\n");
        var outcome = await bench.Flow("check", path, "--output", "json");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        var only = Assert.Single(outcome.Json.EnumerateArray());
        Assert.Equal(["file", "line", "column", "severity", "code", "message"], only.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ("pipelines/a.csx", 1, 32, "error", "CS1061"),
            (only.GetProperty("file").GetString(), only.GetProperty("line").GetInt32(), only.GetProperty("column").GetInt32(),
                only.GetProperty("severity").GetString(), only.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_id_that_two_files_share_is_told_for_both()
    {
        using var bench = new Bench();
        bench.Write("pipelines/a.csx", "Dag(\"same\").Task(\"t\").Run(() => 1);");
        bench.Write("pipelines/b.csx", "Dag(\"same\").Task(\"t\").Run(() => 2);");
        var outcome = await bench.Flow("check", "-o", "json");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Equal(
            [("pipelines/a.csx", "FLOW002", true), ("pipelines/b.csx", "FLOW002", true)],
            outcome.Json.EnumerateArray().Select(d => (
                d.GetProperty("file").GetString(), d.GetProperty("code").GetString(),
                d.GetProperty("message").GetString()!.Contains(d.GetProperty("file").GetString() == "pipelines/a.csx" ? "b.csx" : "a.csx", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_of_its_own()
    {
        using var bench = new Bench();
        var outcome = await bench.Flow("check", "nowhere.csx");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.StartsWith("nowhere.csx: error FLOW030: ", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_ends_its_process_is_an_error_and_the_others_are_checked()
    {
        using var bench = new Bench();
        bench.Write("pipelines/a.csx", "Environment.Exit(3);\nDag(\"a\").Task(\"t\").Run(() => 1);");
        bench.Write("pipelines/b.csx", Scripts.Sums);
        var outcome = await bench.Flow("check", "-o", "json");
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.All(outcome.Json.EnumerateArray(), d => Assert.Equal("pipelines/a.csx", d.GetProperty("file").GetString()));
    }

    [Fact]
    public async Task A_person_sees_the_line_and_a_caret_in_colours()
    {
        using var bench = new Bench { IsInteractive = true };
        bench.Write("pipelines/a.csx", "\tDag(\"a\").Task(\"t\").Run(() => 1.Foo);\n");
        var outcome = await bench.Flow("check");
        var lines = outcome.Out.Split('\n');
        Assert.Contains("\e[31merror CS1061\e[0m", lines[0], StringComparison.Ordinal);
        Assert.Contains("Dag(\"a\").Task(\"t\").Run(() => 1.Foo);", lines[1], StringComparison.Ordinal);
        var caret = lines[2][(lines[2].IndexOf('|', StringComparison.Ordinal) + 1)..].Replace("\e[0m", "", StringComparison.Ordinal).Replace("\e[31m", "", StringComparison.Ordinal);
        Assert.Equal(" \t" + new string(' ', 31) + "^", caret);

        bench.Set("NO_COLOR", "1");
        Assert.DoesNotContain('\e', (await bench.Flow("check")).Out);
    }
}
