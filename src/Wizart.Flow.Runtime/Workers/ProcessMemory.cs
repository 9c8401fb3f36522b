using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>How much memory a process holds.</summary>
internal static class ProcessMemory
{
    /// <summary>Its resident set in bytes; 0 when it is gone.</summary>
    public static long Of(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux()) return Statm(process.Id);
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // proc(5): size, then resident, in pages.
    private static long Statm(int processId)
    {
        using var file = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/statm"));
        Span<byte> text = stackalloc byte[128];
        text = text[..RandomAccess.Read(file, text, 0)];
        var resident = text[(text.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(resident, out long pages, out _) ? pages * Environment.SystemPageSize : 0;
    }
}
