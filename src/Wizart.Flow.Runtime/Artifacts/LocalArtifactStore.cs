using System.Security.Cryptography;

namespace Wizart.Flow.Runtime.Artifacts;

/// <summary>
/// Artifacts as files addressed by their content: <c>root/ab/abcdef…</c> (SHA-256, lower-case hex). A file appears whole or
/// not at all, and the same content is kept once.
/// </summary>
public sealed class LocalArtifactStore(string root)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The folder; made at the first write.</summary>
    public string Root { get; } = root;

    /// <summary>Keeps bytes.</summary>
    /// <param name="name">The file name a person sees; folders in it are left out. Its ending gives the content type.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Artifact Put(string name, ReadOnlySpan<byte> content)
    {
        var shown = ShownName(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (!File.Exists(PathOf(hash)))
        {
            var draft = DraftPath();
            using (var file = File.Create(draft)) file.Write(content);
            Publish(draft, hash);
        }

        return new Artifact(shown, hash, content.Length, ContentTypes.Of(shown));
    }

    /// <summary>Keeps what a stream still holds.</summary>
    public Artifact Put(string name, Stream content)
    {
        var shown = ShownName(name);
        var draft = DraftPath();
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        using (var file = File.Create(draft, BufferSize))
        {
            var buffer = new byte[BufferSize];
            for (int read; (read = content.Read(buffer)) > 0; size += read)
            {
                sum.AppendData(buffer, 0, read);
                file.Write(buffer, 0, read);
            }
        }

        var hash = Convert.ToHexStringLower(sum.GetHashAndReset());
        Publish(draft, hash);
        return new Artifact(shown, hash, size, ContentTypes.Of(shown));
    }

    /// <summary>The content of an artifact.</summary>
    /// <exception cref="FileNotFoundException">The store has it no longer.</exception>
    public Stream Open(Artifact artifact) => Open(artifact.Hash, artifact.Name);

    /// <summary>The content kept under a hash.</summary>
    /// <param name="hash">SHA-256, lower-case hex.</param>
    /// <param name="name">What to call it when it is not there.</param>
    /// <exception cref="FileNotFoundException">The store has it no longer.</exception>
    public Stream Open(string hash, string name)
    {
        var path = PathOf(hash);
        return File.Exists(path)
            ? File.OpenRead(path)
            : throw new FileNotFoundException($"Artifact '{name}' ({hash[..12]}) is no longer in the store; it may have been removed by age.", path);
    }

    /// <summary>Where a content lies or would lie.</summary>
    /// <exception cref="ArgumentException">The hash is none.</exception>
    public string PathOf(string hash) =>
        hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(Root, hash[..2], hash)
            : throw new ArgumentException($"'{hash}' is not the address of an artifact.", nameof(hash));

    private string DraftPath()
    {
        var drafts = Path.Combine(Root, "drafts");
        Directory.CreateDirectory(drafts);
        return Path.Combine(drafts, Path.GetRandomFileName());
    }

    private void Publish(string draft, string hash)
    {
        var path = PathOf(hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(draft, path, overwrite: true);
    }

    private static string ShownName(string name)
    {
        var shown = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return shown.Length > 0 ? shown : throw new ArgumentException("An artifact needs a file name, such as \"orders.csv\".", nameof(name));
    }
}
