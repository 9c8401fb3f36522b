namespace Wizart.Flow;

/// <summary>A file kept with a run, addressed by its content.</summary>
/// <param name="Name">The file name a person sees.</param>
/// <param name="Hash">SHA-256 of the content, lower-case hex: the address in the store.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">MIME type.</param>
public sealed record Artifact(string Name, string Hash, long Size, string ContentType);
