using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Scripting;

/// <summary>Runs <c>dotnet restore</c> with the user's own NuGet configuration.</summary>
internal sealed partial class RestoreCommand(TimeProvider time, TimeSpan timeout)
{
    // A daemon that was itself started by the SDK hands on variables that would point the child at another SDK's parts.
    private static readonly string[] LeakedVariables =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "MSBUILDUSESERVER"];

    /// <summary>Restores a project. Gives the errors in NuGet's words; none when it went well.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string project, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var process = new Process { StartInfo = StartInfo(project) };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return [$"packages are restored by the .NET SDK, and 'dotnet' can't be started here ({error.Message}). Install the SDK, or copy the assembly beside the script and use #r \"lib.dll\"."];
        }

        process.StandardInput.Close();
        var output = new StringBuilder();
        try
        {
            var reading = Task.WhenAll(
                ReadAsync(process.StandardOutput, output, either.Token), ReadAsync(process.StandardError, output, either.Token));
            await process.WaitForExitAsync(either.Token);
            await reading;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return [$"the restore took longer than {timeout.TotalSeconds:0} s and was ended. Check that the package sources can be reached: dotnet nuget list source."];
        }

        return process.ExitCode == 0 ? [] : ErrorsIn(output.ToString());
    }

    /// <summary>The errors in what the command printed, each once.</summary>
    internal static IReadOnlyList<string> ErrorsIn(string output)
    {
        var errors = ErrorPattern().Matches(output).Select(m => $"{m.Groups["code"].Value}: {m.Groups["text"].Value.Trim()}").Distinct().ToList();
        return errors.Count > 0 ? errors : [output.Trim() is { Length: > 0 } text ? text : "the restore failed without a word"];
    }

    private static ProcessStartInfo StartInfo(string project)
    {
        var start = new ProcessStartInfo(Command)
        {
            WorkingDirectory = Path.GetDirectoryName(project)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "restore", project, "--nologo", "-nodeReuse:false", "-v:minimal" },
        };
        foreach (var variable in LeakedVariables) start.Environment.Remove(variable);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    // The host that runs us first: it may be no longer, or not the first, on the path.
    private static string Command
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var beside = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name));
            return new[] { Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"), beside }.FirstOrDefault(File.Exists) ?? name;
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder output, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            lock (output)
            {
                if (output.Length < 1_000_000) output.AppendLine(line);
            }
        }
    }

    [GeneratedRegex(@"error (?<code>[A-Z]+\d+): (?<text>.*?)(?:\s\[[^\]\r\n]+\])?\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ErrorPattern();
}
