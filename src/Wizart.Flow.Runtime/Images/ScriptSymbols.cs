using System.IO.Compression;
using System.Reflection.Metadata;
using System.Runtime.InteropServices;
using System.Text;

namespace Wizart.Flow.Runtime.Images;

/// <summary>The source text of a script: embedded in its PDB as it was compiled, or else the file as it is now.</summary>
internal sealed class ScriptSymbols(ReadOnlyMemory<byte> pdb)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private readonly Dictionary<string, string[]> _lines = [];

    /// <summary>A line of a file, trimmed; null when the text is not to be had.</summary>
    /// <param name="file">The path the file was compiled under.</param>
    /// <param name="line">From one.</param>
    public string? Line(string file, int line)
    {
        string[]? lines;
        lock (_lines)
        {
            if (!_lines.TryGetValue(file, out lines)) _lines[file] = lines = Read(file)?.Split('\n') ?? [];
        }

        return line >= 1 && line <= lines.Length ? lines[line - 1].Trim() : null;
    }

    private string? Read(string file) => Embedded(file) ?? OnDisk(file);

    private static string? OnDisk(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // the line is a courtesy; the error that asks for it must not be lost over it
        }
    }

    private string? Embedded(string file)
    {
        if (pdb.IsEmpty) return null;
        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(pdb.ToArray()));
        var reader = provider.GetMetadataReader();
        foreach (var handle in reader.Documents)
        {
            if (!reader.StringComparer.Equals(reader.GetDocument(handle).Name, file)) continue;
            foreach (var information in reader.GetCustomDebugInformation(handle))
            {
                var entry = reader.GetCustomDebugInformation(information);
                if (reader.GetGuid(entry.Kind) == EmbeddedSource) return Decode(reader.GetBlobBytes(entry.Value));
            }
        }

        return null;
    }

    // Four bytes of uncompressed size (zero: stored as it is), then the text (Portable PDB specification, Embedded Source).
    private static string Decode(byte[] blob)
    {
        var stored = BitConverter.ToInt32(blob) == 0;
        using var raw = new MemoryStream(blob, 4, blob.Length - 4);
        using Stream text = stored ? raw : new DeflateStream(raw, CompressionMode.Decompress);
        using var reader = new StreamReader(text, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
