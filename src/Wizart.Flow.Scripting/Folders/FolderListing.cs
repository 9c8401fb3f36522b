namespace Wizart.Flow.Scripting;

/// <summary>The script files of a folder and those below it.</summary>
internal static class FolderListing
{
    private const string Extension = ".csx";

    /// <summary>Absolute paths in a fixed order; empty when the folder isn't there. Hidden files and folders, <c>bin</c> and <c>obj</c> are left out.</summary>
    public static IReadOnlyList<string> Of(string root)
    {
        var scripts = new List<string>();
        var start = RealPath(new DirectoryInfo(root), root) ?? root;
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var waiting = new Queue<(string Folder, string Real)>([(root, start)]);
        while (waiting.TryDequeue(out var at))
        {
            foreach (var entry in Entries(at.Folder))
            {
                // A folder called like a script is listed, so that somebody is told about it.
                if (IsHidden(entry)) continue;
                if (IsScript(entry.Name)) scripts.Add(entry.FullName);
                else if (entry is DirectoryInfo directory && !IsBuildOutput(directory.Name)
                    && RealPath(directory, Path.Combine(at.Real, directory.Name)) is { } real && seen.Add(real))
                    waiting.Enqueue((directory.FullName, real));
            }
        }

        scripts.Sort(StringComparer.Ordinal);
        return scripts;
    }

    /// <summary>Whether a file name is that of a script.</summary>
    public static bool IsScript(string name) => name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // gone meanwhile, or not ours to read
        }
    }

    private static bool IsHidden(FileSystemInfo entry) => entry.Name.StartsWith('.') || entry.Name.EndsWith('~');

    private static bool IsBuildOutput(string name) => name is "bin" or "obj";

    // A linked folder is followed once, however many links lead to it: links may lead in circles.
    private static string? RealPath(DirectoryInfo directory, string unlessLinked)
    {
        try
        {
            return directory.LinkTarget is null ? unlessLinked : directory.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            return null; // a link to itself
        }
    }
}
