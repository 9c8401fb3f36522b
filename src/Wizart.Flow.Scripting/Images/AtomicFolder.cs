namespace Wizart.Flow.Scripting;

/// <summary>Folders that other processes see whole or not at all.</summary>
internal static class AtomicFolder
{
    /// <summary>How the names of folders begin that are not, or no longer, in use.</summary>
    public const string TemporaryPrefix = ".tmp-";

    /// <summary>Moves a finished folder to where it is looked for. Of two that do so at once, the first stays.</summary>
    /// <param name="work">The finished folder.</param>
    /// <param name="target">Where it belongs.</param>
    /// <param name="isGood">Whether what is already there may stay; a damaged one is replaced.</param>
    public static void Publish(string work, string target, Func<bool> isGood)
    {
        const int tries = 5;
        for (var turn = 1; ; turn++)
        {
            try
            {
                Directory.Move(work, target);
                return;
            }
            catch (IOException) when (Directory.Exists(target) && turn < tries)
            {
                if (isGood()) return;
                SetAside(target);
            }
        }
    }

    /// <summary>Deletes a folder if it is there; one that is still in use is left to the next pruning.</summary>
    public static bool Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes a file so that readers see the old or the new content.</summary>
    public static void WriteFile(string path, byte[] content)
    {
        var work = $"{path}{TemporaryPrefix}{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(work, content);
            File.Move(work, path, overwrite: true);
        }
        catch
        {
            File.Delete(work);
            throw;
        }
    }

    private static void SetAside(string folder)
    {
        var aside = Path.Combine(Path.GetDirectoryName(folder)!, $"{TemporaryPrefix}{Guid.NewGuid():N}");
        try
        {
            Directory.Move(folder, aside);
        }
        catch (DirectoryNotFoundException)
        {
            return; // someone else was quicker
        }

        Delete(aside);
    }
}
