using System.Diagnostics;

namespace Wizart.Flow.Providers.Python.Tests;

/// <summary>What these tests need of the machine: without it they are skipped on a laptop, and fail where everything is to be tested.</summary>
internal static class PythonHere
{
    public const string SystemPython = "/usr/bin/python3";

    private static readonly Lazy<bool> Locust = new(() => Runs("import locust"));
    private static readonly Lazy<bool> Venv = new(() => Runs("import venv, ensurepip"));

    public static void NeedsLocust() => Need(Locust.Value, "python3-locust");

    public static void NeedsVenv() => Need(Venv.Value, "python3-venv");

    private static void Need(bool isThere, string package)
    {
        if (isThere) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"{package} is not installed: apt-get install {package}");
        Assert.Skip($"{package} is not installed: apt-get install {package}");
    }

    private static bool Runs(string code)
    {
        if (!File.Exists(SystemPython)) return false;
        using var process = Process.Start(new ProcessStartInfo(SystemPython, ["-c", code]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
