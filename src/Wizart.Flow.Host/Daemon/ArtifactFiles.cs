using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Runtime.Artifacts;

namespace Wizart.Flow.Host.Daemon;

/// <summary>Artifacts as files in the state folder, as the engine and the API see them.</summary>
internal sealed class ArtifactFiles(LocalArtifactStore store) : IArtifactStore
{
    public Stream? Open(string hash)
    {
        try
        {
            return File.OpenRead(store.PathOf(hash));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Keeps bytes as an artifact.</summary>
    public Artifact Keep(string name, ReadOnlyMemory<byte> content) => store.Put(name, content.Span);

    public void Delete(string hash)
    {
        var path = store.PathOf(hash);
        if (File.Exists(path)) File.Delete(path);
    }
}
