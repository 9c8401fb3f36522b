namespace Wizart.Flow.Providers.Python.Environments;

/// <summary>Finds the files that a script names.</summary>
internal static class ScriptPlace
{
    /// <summary>The whole path of a file: beside the script, or in the working folder.</summary>
    /// <exception cref="Fail">It is in neither.</exception>
    public static string Find(string file, string script, string what)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        var folder = Path.GetDirectoryName(script) is { Length: > 0 } beside && Directory.Exists(beside) ? beside : ".";
        string[] places = [Path.GetFullPath(file, Path.GetFullPath(folder)), Path.GetFullPath(file)];
        return places.FirstOrDefault(File.Exists)
            ?? throw new Fail($"There is no {what} '{file}'. Looked for: {string.Join(", ", places.Distinct())}.");
    }
}
