using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Wizart.Flow.Scripting;

/// <summary>What the metadata of an assembly file tells, without loading it.</summary>
/// <param name="Name">The assembly's simple name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Mvid">Different for every build that differs.</param>
/// <param name="References">The simple names of the assemblies it uses.</param>
/// <param name="Namespaces">The namespaces of its public types.</param>
internal sealed record AssemblyFile(
    string Name,
    Version Version,
    Guid Mvid,
    IReadOnlyList<string> References,
    IReadOnlySet<string> Namespaces)
{
    /// <summary>Reads the metadata; null when it is not a .NET assembly.</summary>
    public static AssemblyFile? Read(byte[] image)
    {
        try
        {
            using var file = new PEReader(new MemoryStream(image, writable: false));
            if (!file.HasMetadata) return null;
            var metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly) return null;
            var definition = metadata.GetAssemblyDefinition();
            return new AssemblyFile(
                metadata.GetString(definition.Name),
                definition.Version,
                metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
                [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))],
                PublicNamespaces(metadata));
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static HashSet<string> PublicNamespaces(MetadataReader metadata) =>
        metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Where(type => (type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public)
            .Select(type => metadata.GetString(type.Namespace))
            .ToHashSet(StringComparer.Ordinal);
}
