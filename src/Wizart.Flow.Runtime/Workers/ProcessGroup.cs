using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>A worker leads a process group, so that what its bodies started can be ended with it.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;

    /// <summary>Kills a worker and all it started.</summary>
    public static void Kill(Process leader)
    {
        try
        {
            if (!OperatingSystem.IsWindows()) _ = SendSignal(-leader.Id, KillSignal);
            leader.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It, or one of its children, was gone before: that is what was wanted.
        }
    }

    /// <summary>Makes this process the leader of a group of its own.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows()) _ = SetProcessGroup(0, 0);
    }

    /// <summary>Kills this process and all it started, at once.</summary>
    public static void KillOwn()
    {
        var self = Environment.ProcessId;
        if (!OperatingSystem.IsWindows())
        {
            // Only a group of its own: otherwise the signal would also hit whoever started this process.
            if (GetProcessGroup() == self) _ = SendSignal(0, KillSignal);
            _ = SendSignal(self, KillSignal);
        }

        using var process = Process.GetCurrentProcess();
        process.Kill(entireProcessTree: true);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int GetProcessGroup();

    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    private static partial int SetProcessGroup(int process, int group);
}
