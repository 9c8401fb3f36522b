using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Wizart.Flow.Runtime.Images;

/// <summary>
/// The assemblies of one script. What it shares with the process (the framework, Wizart.Flow and its providers) comes from
/// the default context, so that types are the same on both sides; what the script itself references is loaded for it alone.
/// Not collectible: proxies and serializers that emit code refuse types of collectible contexts. Memory is given back by
/// recycling the process.
/// </summary>
internal sealed class ImageLoadContext(string name, ImageManifest manifest) : AssemblyLoadContext(name)
{
    private static readonly Dictionary<string, string> Framework = FrameworkAssemblies();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || name.StartsWith("Wizart.Flow", StringComparison.Ordinal)) return null;
        if (!manifest.Managed.TryGetValue(name, out var path)) return null;
        var isOurOwn = Path.GetDirectoryName(path) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return isOurOwn || FrameworkHasSameOrNewer(name, path) ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var place in manifest.Native)
        {
            foreach (var candidate in Candidates(place, unmanagedDllName))
                if (File.Exists(candidate) && NativeLibrary.TryLoad(candidate, out var handle)) return handle;
        }

        return 0;
    }

    // A package may bring an older copy of an assembly that is in the framework: the framework's goes first, as it does
    // in any application.
    private static bool FrameworkHasSameOrNewer(string name, string path) =>
        Framework.TryGetValue(name, out var shared)
        && AssemblyName.GetAssemblyName(shared).Version >= AssemblyName.GetAssemblyName(path).Version;

    private static Dictionary<string, string> FrameworkAssemblies() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(path => !path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
        .DistinctBy(Path.GetFileNameWithoutExtension)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Candidates(string place, string library)
    {
        var names = FileNames(library);
        return File.Exists(place)
            ? names.Contains(Path.GetFileName(place), StringComparer.OrdinalIgnoreCase) ? [place] : []
            : names.Select(name => Path.Combine(place, name));
    }

    private static string[] FileNames(string library)
    {
        var ending = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [library, library + ending, "lib" + library, "lib" + library + ending];
    }
}
