using System.Security.Cryptography;

namespace Wizart.Flow;

/// <summary>
/// Artifacts made and read by functions that bodies call: they belong to the attempt that is running. Outside of one, as in a
/// plain unit test, an artifact is a file of its name in the working folder.
/// </summary>
public static class ArtifactFile
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Keeps what <paramref name="write"/> writes. When it throws, nothing is kept.</summary>
    /// <param name="name">The file name a person sees; its ending gives the content type.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ArgumentException">The name is no file name.</exception>
    public static Artifact Write(string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Check(name);
        var draft = TaskContext.Current is null ? $"{name}.{Path.GetRandomFileName()}" : Path.GetTempFileName();
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize)) write(file);
            if (TaskContext.Current is { } attempt) return attempt.ArtifactFile(draft, name);
            File.Move(draft, name, overwrite: true);
            return Of(name);
        }
        finally
        {
            File.Delete(draft); // does nothing when it was moved
        }
    }

    /// <summary>Keeps bytes.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static Artifact Write(string name, ReadOnlyMemory<byte> content)
    {
        Check(name);
        return TaskContext.Current is { } attempt ? attempt.Artifact(name, content.Span) : Write(name, file => file.Write(content.Span));
    }

    /// <summary>The content of an artifact.</summary>
    /// <exception cref="FileNotFoundException">It is not, or no longer, there.</exception>
    /// <exception cref="InvalidDataException">Outside of an attempt: the file in the working folder is not the artifact's.</exception>
    public static Stream Open(Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        if (TaskContext.Current is { } attempt) return attempt.Open(artifact);
        if (!File.Exists(artifact.Name))
        {
            throw new FileNotFoundException(
                $"Artifact '{artifact.Name}' is read outside of a task's body, where it is a file of this name in the working folder, and there is none in {Directory.GetCurrentDirectory()}.",
                artifact.Name);
        }

        if (Of(artifact.Name).Hash != artifact.Hash)
            throw new InvalidDataException($"The file '{Path.GetFullPath(artifact.Name)}' has another content than the artifact '{artifact.Name}'; it was written again since.");
        return File.OpenRead(artifact.Name);
    }

    private static Artifact Of(string path)
    {
        using var file = File.OpenRead(path);
        return new Artifact(path, Convert.ToHexStringLower(SHA256.HashData(file)), file.Length, ContentTypes.Of(path));
    }

    private static void Check(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "." or "..")
            throw new ArgumentException($"'{name}' is no name for an artifact. Give a file name without folders, such as \"steps.csv\".", nameof(name));
    }
}
