using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>
/// Compiled scripts on disk, one folder for each, named by the hash of all that went into it. Several processes may use
/// one cache; a damaged entry counts as absent.
/// </summary>
/// <param name="root">The cache's folder; made when it is first needed.</param>
/// <param name="time">For telling which images were not used for long.</param>
public sealed class ImageCache(string root, TimeProvider time)
{
    private const string Library = "script.dll";
    private const string Symbols = "script.pdb";
    private const string LibrariesFolder = "lib";
    private const string ReferencesFile = "references.json";
    private const string SourcesFile = "sources.json";
    private const string DescriptionFile = "description.json";
    private static readonly TimeSpan UseIsNoted = TimeSpan.FromHours(1);

    /// <summary>The cache's folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    internal string PackagesRoot => Path.Combine(Root, "packages");

    private string LatestRoot => Path.Combine(Root, "latest");

    /// <summary>The image of this hash, if it is there and whole.</summary>
    internal CachedImage? Find(string hash)
    {
        var folder = Path.Combine(Root, hash);
        if (Read(Path.Combine(folder, SourcesFile), ImageJson.Default.ImageSources) is not { Content: not null, Texts: not null } sources) return null;
        if (Read(Path.Combine(folder, ReferencesFile), ImageJson.Default.ImageReferences) is not { Managed: not null, Native: not null } references) return null;
        if (!sources.Content.All(c => HashOf(Path.Combine(folder, c.Key)) == c.Value)) return null;
        if (!references.Managed.Values.All(File.Exists) || !references.Native.All(Path.Exists)) return null; // NuGet's folder was cleared
        NoteUse(folder);
        return new CachedImage(new ImageReference(hash, folder), sources, ReadDescription(folder));
    }

    /// <summary>The image last made of this file, if nothing that went into it has changed since.</summary>
    internal CachedImage? FindUnchanged(string file, string contentHash, string environment)
    {
        if (ReadText(LatestFile(file)) is not { Length: 64 } hash || Find(hash) is not { } image) return null;
        var sources = image.Sources;
        return sources.File == file && sources.Environment == environment
            && sources.Texts.All(t => (t.Key == file ? contentHash : HashOf(t.Key)) == t.Value)
            && sources.Libraries.All(l => HashOf(l.Key) == l.Value)
            ? image
            : null;
    }

    /// <summary>Keeps a compiled script.</summary>
    /// <exception cref="IOException">The disk is full, or the folder can't be written.</exception>
    internal CachedImage Store(CompiledScript script)
    {
        var folder = Path.Combine(Root, script.Hash);
        var work = Path.Combine(Root, $"{AtomicFolder.TemporaryPrefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            var content = new Dictionary<string, byte[]> { [Library] = script.Library, [Symbols] = script.Symbols };
            foreach (var (name, image) in script.References.Libraries) content[Path.Combine(LibrariesFolder, name + ".dll")] = image;
            if (script.References.Libraries.Count > 0) Directory.CreateDirectory(Path.Combine(work, LibrariesFolder));
            foreach (var (name, bytes) in content) File.WriteAllBytes(Path.Combine(work, name), bytes);

            var managed = script.References.Managed.ToDictionary();
            foreach (var name in script.References.Libraries.Keys) managed[name] = Path.Combine(folder, LibrariesFolder, name + ".dll");
            var references = new ImageReferences(managed, script.References.Native);
            var sources = script.Sources with { Content = content.ToDictionary(c => c.Key, c => ScriptText.HashOf(c.Value)) };
            File.WriteAllBytes(Path.Combine(work, ReferencesFile), JsonSerializer.SerializeToUtf8Bytes(references, ImageJson.Default.ImageReferences));
            File.WriteAllBytes(Path.Combine(work, SourcesFile), JsonSerializer.SerializeToUtf8Bytes(sources, ImageJson.Default.ImageSources));
            AtomicFolder.Publish(work, folder, isGood: () => Find(script.Hash) is not null);
            NoteLatest(script.Sources.File, script.Hash);
            return new CachedImage(new ImageReference(script.Hash, folder), sources, ReadDescription(folder));
        }
        finally
        {
            AtomicFolder.Delete(work);
        }
    }

    /// <summary>Remembers which image belongs to a file now.</summary>
    internal void NoteLatest(string file, string hash)
    {
        if (ReadText(LatestFile(file)) == hash) return;
        Directory.CreateDirectory(LatestRoot);
        AtomicFolder.WriteFile(LatestFile(file), Encoding.ASCII.GetBytes(hash));
    }

    /// <summary>Keeps what the evaluation of an image gave.</summary>
    internal static void StoreDescription(ImageReference image, ScriptDescription description) =>
        AtomicFolder.WriteFile(
            Path.Combine(image.Directory, DescriptionFile),
            JsonSerializer.SerializeToUtf8Bytes(description, ModelJson.Default.ScriptDescription));

    /// <summary>Deletes the images and packages that were not used for a time. Gives how many.</summary>
    /// <param name="unused">How long they must have been unused.</param>
    /// <param name="keep">Hashes of images that stay whatever their age: runs are still on them.</param>
    public int Prune(TimeSpan unused, IReadOnlySet<string> keep)
    {
        if (!Directory.Exists(Root)) return 0;
        var before = time.GetUtcNow().UtcDateTime - unused;
        var deleted = 0;
        foreach (var folder in new[] { Root, PackagesRoot }.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).ToList())
        {
            var name = Path.GetFileName(folder);
            if (folder == PackagesRoot || folder == LatestRoot || keep.Contains(name) || LastUse(folder) >= before) continue;
            if (AtomicFolder.Delete(folder) && !name.StartsWith(AtomicFolder.TemporaryPrefix, StringComparison.Ordinal)) deleted++;
        }

        if (Directory.Exists(LatestRoot))
            foreach (var file in Directory.EnumerateFiles(LatestRoot).Where(f => ReadText(f) is not { } hash || !Directory.Exists(Path.Combine(Root, hash))))
                File.Delete(file);
        return deleted;
    }

    /// <summary>SHA-256 of a file's content; null when it can't be read.</summary>
    internal static string? HashOf(string file)
    {
        try
        {
            return ScriptText.HashOf(File.ReadAllBytes(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string LatestFile(string file) => Path.Combine(LatestRoot, ScriptText.HashOf(Encoding.UTF8.GetBytes(file)));

    // A use is noted in the folder's own time, now and then: telling it each time would be a write for each import.
    private void NoteUse(string folder)
    {
        var now = time.GetUtcNow().UtcDateTime;
        try
        {
            if (now - Directory.GetLastWriteTimeUtc(folder) > UseIsNoted) Directory.SetLastWriteTimeUtc(folder, now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return; // a cache that may only be read is a cache all the same
        }
    }

    private static DateTime LastUse(string folder) => Directory.GetLastWriteTimeUtc(folder);

    private static ScriptDescription? ReadDescription(string folder) =>
        Read(Path.Combine(folder, DescriptionFile), ModelJson.Default.ScriptDescription) is { Dags: not null, Diagnostics: not null } description
            ? description
            : null;

    private static string? ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static T? Read<T>(string file, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), type);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
