using System.Diagnostics;

namespace Wizart.Flow.Conventions.Tests;

/// <summary>The files of this repository, as they are checked in or about to be.</summary>
internal static class Repository
{
    private static readonly string[] TextKinds =
        [".cs", ".csx", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".razor", ".js", ".css", ".html", ".txt", ".config", ".yml", ".yaml", ".sh", ".py", ".editorconfig", ".gitignore", ""];

    public static string Root { get; } = FindRoot();

    /// <summary>All files, as paths from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = FindFiles();

    public static IEnumerable<string> Sources => Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && IsSource(f));

    public static IEnumerable<string> TextFiles => Files.Where(f => TextKinds.Contains(Path.GetExtension(f)));

    public static IEnumerable<string> ProjectFiles => Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static bool IsSource(string file) =>
        Path.GetExtension(file) is ".cs" or ".razor" or ".js" or ".css" && !file.Contains("/Migrations/", StringComparison.Ordinal);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Wizart.Flow.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder;
    }

    private static string[] FindFiles()
    {
        // Git knows what is ignored. Without it (an unpacked archive), hidden folders and build output are.
        if (Path.Exists(Path.Combine(Root, ".git")) && Git("ls-files", "--cached", "--others", "--exclude-standard") is { } listed)
            return [.. listed.Where(f => File.Exists(Path.Combine(Root, f)))];
        return
        [
            .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(f => !f.Split('/')[..^1].Any(part => part is "bin" or "obj" or ".artifacts" or ".flow" or ".git" or "TestResults")),
        ];
    }

    private static string[]? Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "-c", "core.quotepath=off", .. arguments]) { RedirectStandardOutput = true })!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // git is not installed
        }
    }
}
