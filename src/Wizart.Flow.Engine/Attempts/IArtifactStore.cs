namespace Wizart.Flow.Engine.Attempts;

/// <summary>Files by their content hash.</summary>
public interface IArtifactStore
{
    /// <summary>The content; null when it is not there.</summary>
    Stream? Open(string hash);

    /// <summary>Removes the content; nothing happens when it is not there.</summary>
    void Delete(string hash);
}
