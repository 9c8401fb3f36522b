using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace Wizart.Flow.Scripting;

/// <summary>
/// The assemblies and usings that every script has: the running framework, Wizart.Flow, and the providers. Made once a
/// process; what is read of the assemblies is kept as long as it lives.
/// </summary>
public sealed class ScriptReferences
{
    private const string ProviderPattern = "Wizart.Flow.Providers.*.dll";

    private static readonly ImmutableArray<string> FixedUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks",
        "Wizart.Flow", "Wizart.Flow.Script",
    ];

    private static readonly Lazy<ImmutableArray<(string Path, string Name, MetadataReference Reference)>> Framework = new(ReadFramework);
    private readonly Dictionary<string, string> _paths;

    /// <summary>The framework, Wizart.Flow, and the given providers.</summary>
    /// <param name="providers">Paths of provider assemblies; the namespace called like an assembly becomes a using.</param>
    public ScriptReferences(IEnumerable<string> providers)
    {
        var own = new[] { typeof(Dag).Assembly.Location }.Concat(providers.Order(StringComparer.Ordinal)).Select(Read).ToList();
        _paths = Framework.Value.Select(f => (f.Name, f.Path)).Concat(own.Select(o => (o.File.Name, o.Path)))
            .ToDictionary(a => a.Name, a => a.Path, StringComparer.OrdinalIgnoreCase);
        References = [.. Framework.Value.Select(f => f.Reference), .. own.Select(o => o.Reference)];
        Usings = [.. FixedUsings, .. own.Skip(1).Where(o => o.File.Namespaces.Contains(o.File.Name)).Select(o => o.File.Name)];
        Identity = ScriptText.HashOf(System.Text.Encoding.UTF8.GetBytes(string.Join('\n',
            [Environment.Version.ToString(), ScriptCompiler.Version, .. own.Select(o => $"{o.File.Name} {o.File.Mvid}")])));
    }

    /// <summary>Those of the running application: its providers are the <c>Wizart.Flow.Providers.*.dll</c> beside it.</summary>
    public static ScriptReferences OfApplication() =>
        new(Directory.EnumerateFiles(AppContext.BaseDirectory, ProviderPattern));

    /// <summary>The namespaces in force in every script, and the static class of the language.</summary>
    public ImmutableArray<string> Usings { get; }

    /// <summary>Changes when the framework, Wizart.Flow, a provider, or the way of compiling does.</summary>
    public string Identity { get; }

    internal ImmutableArray<MetadataReference> References { get; }

    /// <summary>Whether an assembly is there for every script, so that a script's own copy of it is not used.</summary>
    internal bool Contains(string assemblyName) => _paths.ContainsKey(assemblyName);

    /// <summary>The file of an assembly that every script has; null when it is not one of them.</summary>
    internal string? PathOf(string assemblyName) => _paths.GetValueOrDefault(assemblyName);

    /// <summary>Reads what the compiler needs of an assembly, without the code and without keeping the file open.</summary>
    internal static MetadataReference ReferenceTo(string path)
    {
        using var file = File.OpenRead(path);
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(file, PEStreamOptions.PrefetchMetadata)).GetReference(filePath: path);
    }

    private static (string Path, AssemblyFile File, MetadataReference Reference) Read(string path) =>
        (path, AssemblyFile.Read(File.ReadAllBytes(path)) ?? throw new BadImageFormatException($"{path} is not a .NET assembly.", path), ReferenceTo(path));

    // The implementation assemblies, not the reference assemblies of the SDK: the daemon needs no SDK to compile.
    private static ImmutableArray<(string Path, string Name, MetadataReference Reference)> ReadFramework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == folder)
                .Distinct() // the core library is listed twice
                .Order(StringComparer.Ordinal)
                .Select(path => (path, Path.GetFileNameWithoutExtension(path), ReferenceTo(path))),
        ];
    }
}
