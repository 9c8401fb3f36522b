using System.Diagnostics;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>Looks at processes from outside.</summary>
internal static class Processes
{
    public static bool IsAlive(int id)
    {
        try
        {
            // A killed process that nobody has waited for is still listed: state Z.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    public static Task Gone(int id) => Until(() => !IsAlive(id), $"process {id} is still alive");

    /// <summary>Polls for what can only be seen from outside.</summary>
    public static async Task Until(Func<bool> condition, string otherwise)
    {
        var since = Stopwatch.StartNew();
        while (!condition())
        {
            if (since.Elapsed > TimeSpan.FromSeconds(30)) Assert.Fail(otherwise);
            await Task.Delay(10);
        }
    }

    public static void Kill(int id) => Process.GetProcessById(id).Kill();
}
