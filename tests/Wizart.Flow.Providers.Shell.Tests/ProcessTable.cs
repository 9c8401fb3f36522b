using System.Diagnostics;
using System.Globalization;

namespace Wizart.Flow.Providers.Shell.Tests;

/// <summary>Which processes there are, seen from outside.</summary>
internal static class ProcessTable
{
    /// <summary>Waits until none of the processes with this word in their command line is left.</summary>
    public static Task<bool> IsFreeOf(string word, TimeSpan within) => Until(() => !CommandsWith(word).Any(), within);

    /// <summary>Waits until this process is gone.</summary>
    public static Task<bool> IsGone(int id, TimeSpan within) => Until(() => !Directory.Exists($"/proc/{id}"), within);

    private static async Task<bool> Until(Func<bool> condition, TimeSpan within)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(since) > within) return false;
            await Task.Delay(20);
        }

        return true;
    }

    public static IEnumerable<int> CommandsWith(string word)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId) continue;
            var command = "";
            try
            {
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }

            if (command.Contains(word, StringComparison.Ordinal)) yield return id;
        }
    }
}
