namespace Wizart.Flow.Providers.Python.Environments;

/// <summary>A lock that processes share: an open file that nobody else may open. It ends with its process in any case.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    // "Would block" of Linux and of macOS, and "sharing violation" of Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    /// <param name="file">The file; it stays, because deleting it could let in two.</param>
    /// <param name="onWait">Called once when somebody else has it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<IDisposable> TakeAsync(string file, Action onWait, CancellationToken cancellation)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (Taken.Contains(e.HResult))
            {
                if (!told) onWait();
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellation);
        }
    }
}
