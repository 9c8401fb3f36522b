namespace Wizart.Flow.Web;

/// <summary>A file kept with a run.</summary>
/// <param name="Name">The file name a person sees.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">MIME type.</param>
/// <param name="TaskId">The task that kept it.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
/// <param name="Attempt">The attempt that kept it.</param>
/// <param name="Time">When.</param>
/// <param name="Url">Where its content is, on this daemon.</param>
public sealed record ArtifactResource(
    string Name, string Hash, long Size, string ContentType, string TaskId, int MapIndex, int Attempt, DateTimeOffset Time, string Url);
