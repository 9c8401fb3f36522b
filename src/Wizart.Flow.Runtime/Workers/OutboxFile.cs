using Microsoft.Win32.SafeHandles;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>The pool's side of a worker's outbox.</summary>
internal static class OutboxFile
{
    /// <summary>Makes the file and keeps it open; the worker removes its name once it has mapped it.</summary>
    public static SafeFileHandle Create(string path)
    {
        var file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.None, OutboxLayout.FileSize);
        RandomAccess.SetLength(file, OutboxLayout.FileSize);
        return file;
    }
}
