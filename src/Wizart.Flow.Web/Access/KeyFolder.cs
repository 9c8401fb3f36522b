namespace Wizart.Flow.Web.Access;

/// <summary>The folder of the keys that protect cookies: its owner's only.</summary>
internal static class KeyFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder if it is not there, and takes from others what they may do in it.</summary>
    public static DirectoryInfo Open(string folder)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(folder);
        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
        return new DirectoryInfo(folder);
    }
}
