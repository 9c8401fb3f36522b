using System.Globalization;

namespace Wizart.Flow.Providers.Python.Tests.Locusts;

/// <summary>Processes, seen from outside.</summary>
internal static class Processes
{
    /// <summary>The numbers of those with this text in their command line.</summary>
    public static IEnumerable<int> With(string text)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            var command = "";
            try
            {
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }

            if (command.Contains(text, StringComparison.Ordinal)) yield return id;
        }
    }
}
