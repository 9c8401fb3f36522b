namespace Wizart.Flow.Providers.Shell.Processes;

/// <summary>Finds the file of a program as a shell does.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The whole path, or null and the reason.</summary>
    public static string? Find(string program, string? folder, string path, out string whyNot)
    {
        whyNot = "";
        if (program.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(program))
        {
            var file = Path.GetFullPath(program, Path.GetFullPath(folder ?? "."));
            if (IsProgram(file)) return file;
            whyNot = File.Exists(file) ? $"'{file}' is no program: it is not executable (chmod +x)."
                : Directory.Exists(file) ? $"'{file}' is a folder."
                : $"there is no file '{file}'.";
            return null;
        }

        foreach (var place in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            foreach (var ending in OperatingSystem.IsWindows() ? (string[])["", ".exe", ".cmd", ".bat"] : [""])
                if (Path.Combine(place, program + ending) is var file && IsProgram(file))
                    return Path.GetFullPath(file);
        whyNot = $"there is no program '{program}' on the PATH of this machine ({path}). Install it, or give its whole path.";
        return null;
    }

    private static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != 0);
}
