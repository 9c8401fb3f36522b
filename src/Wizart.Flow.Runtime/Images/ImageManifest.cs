using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Runtime.Images;

/// <summary>What an image needs beside itself: <c>references.json</c> in its folder.</summary>
internal sealed record ImageManifest
{
    /// <summary>Managed assemblies: simple name to absolute path.</summary>
    public IReadOnlyDictionary<string, string> Managed { get; init; } = new Dictionary<string, string>();

    /// <summary>Native libraries: absolute paths of files, or of folders to look in.</summary>
    public IReadOnlyList<string> Native { get; init; } = [];

    /// <summary>Reads the manifest; an image without one needs nothing.</summary>
    public static ImageManifest Load(string directory)
    {
        var path = Path.Combine(directory, "references.json");
        return File.Exists(path)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ImageJson.Default.ImageManifest) ?? new ImageManifest()
            : new ImageManifest();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImageManifest))]
internal sealed partial class ImageJson : JsonSerializerContext;
