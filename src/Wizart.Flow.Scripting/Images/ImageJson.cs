using System.Text.Json.Serialization;

namespace Wizart.Flow.Scripting;

/// <summary>How the files of an image are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(ImageReferences))]
[JsonSerializable(typeof(ImageSources))]
[JsonSerializable(typeof(RestoredPackages))]
internal sealed partial class ImageJson : JsonSerializerContext;
