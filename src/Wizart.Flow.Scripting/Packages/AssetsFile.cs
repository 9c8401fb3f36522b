using System.Text.Json;

namespace Wizart.Flow.Scripting;

/// <summary>Reads <c>project.assets.json</c>: which files of which packages a restore chose.</summary>
internal static class AssetsFile
{
    /// <summary>The files for the compiler and the loader.</summary>
    /// <param name="path">The assets file.</param>
    /// <param name="requested">The packages asked for.</param>
    /// <param name="shared">The assemblies that every script has.</param>
    public static RestoredPackages Read(string path, IEnumerable<PackageId> requested, ScriptReferences shared)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
        var compile = new List<string>();
        var native = new List<string>();
        var managed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        var platform = root.GetProperty("targets").EnumerateObject().Single(t => t.Name.EndsWith("/" + RestoreProject.Platform, StringComparison.Ordinal));
        foreach (var library in platform.Value.EnumerateObject())
        {
            if (library.Name.Split('/') is not [var id, var version]) continue;
            versions[id] = version;
            if (FolderOf(root, library.Name, folders) is not { } folder) continue;
            compile.AddRange(Assets(library.Value, "compile", folder).Where(file => !shared.Contains(Path.GetFileNameWithoutExtension(file))));
            native.AddRange(Assets(library.Value, "native", folder));
            foreach (var file in Assets(library.Value, "runtime", folder).Where(file => IsNeeded(file, shared)))
                managed.TryAdd(AssemblyFile.Read(File.ReadAllBytes(file))?.Name ?? Path.GetFileNameWithoutExtension(file), file);
        }

        return new RestoredPackages(
            requested.Where(p => versions.ContainsKey(p.Id)).ToDictionary(p => p.Id, p => versions[p.Id]), compile, managed, native);
    }

    private static string? FolderOf(JsonElement root, string library, List<string> folders)
    {
        if (!root.GetProperty("libraries").TryGetProperty(library, out var entry) || !entry.TryGetProperty("path", out var path)) return null;
        return folders.Select(folder => Path.Combine(folder, path.GetString()!)).FirstOrDefault(Directory.Exists);
    }

    private static IEnumerable<string> Assets(JsonElement library, string kind, string folder) =>
        library.TryGetProperty(kind, out var assets)
            ? assets.EnumerateObject()
                .Where(a => !a.Name.EndsWith("/_._", StringComparison.Ordinal))
                .Select(a => Path.GetFullPath(Path.Combine(folder, a.Name)))
            : [];

    // What every script has comes from the application, unless the package brings a newer one that it was built with.
    private static bool IsNeeded(string file, ScriptReferences shared)
    {
        if (shared.PathOf(Path.GetFileNameWithoutExtension(file)) is not { } own) return true;
        return AssemblyFile.Read(File.ReadAllBytes(file))?.Version > AssemblyFile.Read(File.ReadAllBytes(own))?.Version;
    }
}
