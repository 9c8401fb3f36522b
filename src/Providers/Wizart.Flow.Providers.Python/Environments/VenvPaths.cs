using System.Text;

namespace Wizart.Flow.Providers.Python.Environments;

/// <summary>Gives a finished environment its place. Its scripts name the folder in which they were made; that is put right first.</summary>
internal static class VenvPaths
{
    private const int LongestScript = 1024 * 1024;

    public static void Move(string work, string folder)
    {
        var scripts = Path.GetDirectoryName(PythonVenv.PythonIn(work))!;
        foreach (var file in Directory.GetFiles(scripts).Append(Path.Combine(work, "pyvenv.cfg"))) PutRight(file, work, folder);
        Directory.Move(work, folder);
    }

    private static void PutRight(string file, string work, string folder)
    {
        var info = new FileInfo(file);
        if (info.LinkTarget is not null || info.Length > LongestScript) return;
        // Byte by byte, so that a script in any encoding stays what it is.
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
        var (from, to) = (Latin1(work), Latin1(folder));
        if (text.Contains('\0', StringComparison.Ordinal) || !text.Contains(from, StringComparison.Ordinal)) return;
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
    }

    private static string Latin1(string path) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(path));
}
