using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Dags;

/// <summary>A script as it is now: compiled and described, or with what is wrong with it.</summary>
public sealed record ScriptUpdate
{
    /// <summary>Its path, relative to the pipelines folder.</summary>
    public required string File { get; init; }

    /// <summary>What it declares and what is wrong.</summary>
    public required ScriptDescription Description { get; init; }

    /// <summary>The image's content hash; null when it did not compile.</summary>
    public string? ImageHash { get; init; }

    /// <summary>The folder of the image; null when it did not compile.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>A hash of its code without layout and comments.</summary>
    public string CodeHash { get; init; } = "";

    /// <summary>Its text.</summary>
    public string Source { get; init; } = "";
}
