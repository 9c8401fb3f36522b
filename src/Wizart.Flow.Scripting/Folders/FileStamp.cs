namespace Wizart.Flow.Scripting;

/// <summary>What a file looked like: enough to tell cheaply that it has not changed, and surely that it has.</summary>
/// <param name="Length">Bytes; -1 for something that isn't a readable file.</param>
/// <param name="Written">When it was last written.</param>
/// <param name="Hash">SHA-256 of the content; null for something that isn't a readable file.</param>
internal sealed record FileStamp(long Length, DateTime Written, string? Hash)
{
    /// <summary>Nothing is there, or nothing that can be read.</summary>
    public static FileStamp Missing { get; } = new(-1, default, null);

    // Without opening it: what has no length may be a pipe, which would be waited for.
    private static readonly string Empty = ScriptText.HashOf([]);

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="earlier">What it looked like; null when it was never looked at.</param>
    /// <param name="thorough">Reads the content even if length and time are the same.</param>
    public static FileStamp Of(string path, FileStamp? earlier, bool thorough)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            if (!file.Exists) return Directory.Exists(path) ? new FileStamp(-1, Directory.GetCreationTimeUtc(path), null) : Missing;
            var (length, written) = (file.Length, file.LastWriteTimeUtc);
            var isSame = earlier is not null && earlier.Length == length && earlier.Written == written;

            // Large files are libraries: reading them every few seconds would cost more than it finds.
            if (isSame && (!thorough || length > ScriptText.MaxBytes)) return earlier!;
            return new FileStamp(length, written, length == 0 ? Empty : ImageCache.HashOf(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Missing;
        }
    }

    /// <summary>Whether the content is another than it was. A new time alone is no change.</summary>
    public bool IsChangeFrom(FileStamp earlier) => Hash != earlier.Hash || Length != earlier.Length;
}
