using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Wizart.Flow.Providers.Shell.Processes;

/// <summary>A program leads a process group of its own, so that all that it starts can be ended with it.</summary>
internal sealed partial class ProcessGroup(int leader)
{
    private const int Terminate = 15;
    private const int KillSignal = 9;
    private const int GroupField = 2;
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LookAtLeast = TimeSpan.FromMilliseconds(100);

    /// <summary>The program that makes a group for another one; null where there is none.</summary>
    public static string? Launcher { get; } = OperatingSystem.IsWindows()
        ? null
        : ProgramFile.Find("setsid", null, $"{Environment.GetEnvironmentVariable("PATH")}:/usr/bin:/bin", out _);

    /// <summary>Asks all of them to end.</summary>
    public void Ask() => Send(Terminate);

    /// <summary>Ends all of them.</summary>
    public void Kill() => Send(KillSignal);

    /// <summary>Waits until nobody of it is left; false when somebody is.</summary>
    public async Task<bool> IsGoneAsync(TimeSpan within)
    {
        var since = Stopwatch.GetTimestamp();
        for (var pause = FirstLook; IsAlive(); pause = pause * 2 < LookAtLeast ? pause * 2 : LookAtLeast)
        {
            var left = within - Stopwatch.GetElapsedTime(since);
            if (left <= TimeSpan.Zero) return false;
            await Task.Delay(pause < left ? pause : left, TimeProvider.System);
        }

        return true;
    }

    /// <summary>Whether one of them is still running.</summary>
    public bool IsAlive()
    {
        if (Launcher is null || SendSignal(-leader, 0) != 0) return false;
        // Those that have ended count until somebody asks how they ended, which in a container may be never.
        return !OperatingSystem.IsLinux() || Directory.EnumerateDirectories("/proc").Any(IsRunningMember);
    }

    private bool IsRunningMember(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)) return false;
        try
        {
            // "123 (the name) S 1 77 …": state, parent, group. The name may hold anything.
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is not ("Z" or "X") && fields[GroupField] == leader.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended meanwhile, or is of somebody else
        }
    }

    private void Send(int signal)
    {
        if (Launcher is not null)
        {
            _ = SendSignal(-leader, signal); // that they have ended before is what was wanted
            return;
        }

        try
        {
            using var process = Process.GetProcessById(leader);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It, or one of its children, was gone before.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
