using System.Diagnostics;
using Wizart.Flow.Host.Cli;

namespace Wizart.Flow.Host.Tests.Cli;

/// <summary>The program itself, as a shell starts it.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task The_version_is_told()
    {
        using var bench = new Bench();
        var outcome = await RunAsync(bench, "--version");
        Assert.Equal(ExitCodes.Fine, outcome.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+", outcome.Out);
    }

    [Fact]
    public async Task An_unknown_verb_is_wrong_usage()
    {
        using var bench = new Bench();
        var outcome = await RunAsync(bench, "nonsense");
        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_are_checked_and_run_and_the_output_is_for_programs()
    {
        using var bench = new Bench();
        bench.Write("pipelines/sums.csx", Scripts.Sums);
        var check = await RunAsync(bench, "check");
        Assert.True(check.Code == ExitCodes.Fine, check.ToString());
        Assert.DoesNotContain('\e', check.Out);
        var run = await RunAsync(bench, "run", "sums", "--output", "json");
        Assert.True(run.Code == ExitCodes.Fine, run.ToString());
        Assert.Equal("success", run.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_interrupt_cancels_the_run_cleanly()
    {
        using var bench = new Bench();
        bench.Write(
            "pipelines/endless.csx",
            """
            var dag = Dag("endless");
            var t = dag.Task("t").From(dag.Context).Run(async run => { Console.WriteLine("begun"); await Task.Delay(-1, run.Cancellation); });
            dag.Task("after").After(t).Run(() => 1);
            """);
        using var process = Start(bench, "run", "endless", "-o", "json");
        while (await process.StandardError.ReadLineAsync() is { } line && !line.Contains("begun", StringComparison.Ordinal))
        {
            // The body has begun when it says so.
        }

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync();
        var outcome = await EndAsync(process);
        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Equal("cancelled", outcome.Json.GetProperty("state").GetString());
        Assert.Equal(["cancelled", "cancelled"], outcome.Json.GetProperty("tasks").EnumerateArray().Select(t => t.GetProperty("state").GetString()));
    }

    private static async Task<Outcome> RunAsync(Bench bench, params string[] arguments)
    {
        using var process = Start(bench, arguments);
        return await EndAsync(process);
    }

    private static Process Start(Bench bench, params string[] arguments)
    {
        // The program beside these tests is a copy that their own dependencies may differ from: the one that ships is started.
        var program = Path.Combine(
            AppContext.BaseDirectory.Replace("Wizart.Flow.Host.Tests", "Wizart.Flow.Host", StringComparison.Ordinal), "flow.dll");
        // Shells start what they put in the background with interrupts ignored, and who ignores them can't be interrupted.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, .. arguments])
        {
            WorkingDirectory = bench.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<Outcome> EndAsync(Process process)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(deadline.Token);
        return new Outcome(process.ExitCode, await output, await error);
    }
}
