using System.Diagnostics;

namespace Wizart.Flow.Conventions.Tests;

/// <summary>What the README has people type.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Dotnet_run_at_the_root_finds_the_pipelines_there()
    {
#if DEBUG
        const string configuration = "Debug";
#else
        const string configuration = "Release";
#endif
        Assert.Contains("dotnet run --project src/Wizart.Flow.Host ", Repository.Read("README.md"), StringComparison.Ordinal);
        var info = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["run", "--no-build", "-c", configuration, "--project", "src/Wizart.Flow.Host", "--", "check"])
            info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"{output}{await error}");
        var scripts = Repository.Files.Count(f => f.StartsWith("pipelines/", StringComparison.Ordinal) && f.EndsWith(".csx", StringComparison.Ordinal));
        Assert.Contains($"{scripts} scripts", output, StringComparison.Ordinal);
    }
}
