using System.Collections.Concurrent;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>A folder of scripts as last seen; each scan tells what has changed since, imports included.</summary>
/// <param name="root">The folder; it need not be there yet.</param>
/// <param name="importer">Imports what is new or changed.</param>
public sealed class ScriptFolder(string root, ScriptImporter importer) : IDisposable
{
    private readonly ConcurrentDictionary<string, SeenScript> _seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private volatile bool _isUnsettled;

    /// <summary>The folder's absolute path.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>What each script gives, as of the last scan, ordered by path.</summary>
    public IReadOnlyList<ScriptImport> Imports => [.. _seen.Values.Select(s => s.Shown).OrderBy(i => i.File, StringComparer.Ordinal)];

    /// <summary>
    /// Looks at all scripts. Gives those that went first, then those that are new or changed, each ordered by path: a
    /// renamed file is gone before it is new.
    /// </summary>
    /// <param name="thorough">Compares contents, not only times and lengths.</param>
    /// <param name="cancellation">Gives the scan up; what was not told stays to be told by the next.</param>
    public async Task<IReadOnlyList<ScriptChange>> ScanAsync(bool thorough = false, CancellationToken cancellation = default)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            _isUnsettled = false;
            var files = FolderListing.Of(Root);
            var stamps = new Stamps(_seen.Values, thorough);
            var degree = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
            await Parallel.ForEachAsync(files, degree, async (file, token) => await LookAsync(file, stamps, token));
            return Changes(files);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Whether the last scan left something to be looked at again soon.</summary>
    internal bool IsUnsettled => _isUnsettled;

    /// <summary>Whether a change of this file may matter to a script.</summary>
    internal bool MayMatter(string path) => FolderListing.IsScript(path) || _seen.Values.Any(s => s.Stamps.ContainsKey(path));

    private async Task LookAsync(string file, Stamps stamps, CancellationToken cancellation)
    {
        var own = stamps.Of(file); // before it is read: what comes later is seen by the next scan
        var seen = _seen.GetValueOrDefault(file);
        if (seen is not null && seen.Stamps.All(s => !stamps.Of(s.Key).IsChangeFrom(s.Value)))
        {
            seen.Stamps = seen.Stamps.ToDictionary(s => s.Key, s => stamps.Of(s.Key));
            return;
        }

        if (seen is not null && MayBeBeingWritten(seen, own)) return;
        var import = await importer.ImportAsync(file, cancellation);
        var all = new Dictionary<string, FileStamp>(StringComparer.Ordinal) { [file] = own };
        foreach (var other in import.LoadedFiles.Concat(import.ReferencedFiles).Distinct())
        {
            var stamp = stamps.Of(other);
            var isAsRead = import.Hashes.GetValueOrDefault(other) is not { } hash || hash == stamp.Hash;
            all[other] = isAsRead ? stamp : stamp with { Hash = "changed meanwhile" };
        }

        if (seen is null) _seen[file] = new SeenScript(import, all);
        else (seen.Import, seen.Stamps) = (import, all);
    }

    // Most programs save a file by emptying it first. Taken at its word, an empty file would deactivate its DAGs, so it is
    // believed only when it is still empty at the next look.
    private bool MayBeBeingWritten(SeenScript seen, FileStamp own)
    {
        var isEmptied = own.Length == 0 && seen.Import.Source is { Length: > 0 };
        var isNew = isEmptied && !seen.IsEmptied;
        seen.IsEmptied = isEmptied;
        if (isNew) _isUnsettled = true;
        return isNew;
    }

    private List<ScriptChange> Changes(IReadOnlyList<string> files)
    {
        var gone = _seen.Keys.Except(files).Order(StringComparer.Ordinal).ToList();
        foreach (var file in gone) _seen.TryRemove(file, out _);
        var loaded = _seen.Values.SelectMany(s => s.Import.LoadedFiles).ToHashSet(StringComparer.Ordinal);
        var changes = gone.Select(file => new ScriptChange(ScriptChangeKind.Removed, file, null)).ToList();
        foreach (var file in files)
        {
            var seen = _seen[file];
            var shown = loaded.Contains(file) ? WithoutNoDag(seen.Import) : seen.Import;
            if (seen.Told is { } told && shown.IsSameAs(told)) continue;
            changes.Add(new ScriptChange(seen.Told is null ? ScriptChangeKind.Added : ScriptChangeKind.Changed, file, shown));
            seen.Told = shown;
        }

        return changes;
    }

    // A file that is there to be loaded by others need not declare a DAG of its own.
    private static ScriptImport WithoutNoDag(ScriptImport import) =>
        import.Description.Diagnostics.Any(d => d.Code == FlowCodes.NoDag)
            ? import with { Description = import.Description with { Diagnostics = [.. import.Description.Diagnostics.Where(d => d.Code != FlowCodes.NoDag)] } }
            : import;

    private sealed class SeenScript(ScriptImport import, IReadOnlyDictionary<string, FileStamp> stamps)
    {
        public ScriptImport Import { get; set; } = import;

        public IReadOnlyDictionary<string, FileStamp> Stamps { get; set; } = stamps;

        public bool IsEmptied { get; set; }

        public ScriptImport? Told { get; set; }

        public ScriptImport Shown => Told ?? Import;
    }

    /// <summary>Each file is looked at once in a scan, however many scripts load it.</summary>
    private sealed class Stamps(IEnumerable<SeenScript> seen, bool thorough)
    {
        private readonly ConcurrentDictionary<string, Lazy<FileStamp>> _stamps = new(StringComparer.Ordinal);
        private readonly Dictionary<string, FileStamp> _earlier = Earlier(seen);

        public FileStamp Of(string path) => _stamps.GetOrAdd(
            path, p => new Lazy<FileStamp>(() => FileStamp.Of(p, _earlier.GetValueOrDefault(p), thorough))).Value;

        private static Dictionary<string, FileStamp> Earlier(IEnumerable<SeenScript> seen)
        {
            var earlier = new Dictionary<string, FileStamp>(StringComparer.Ordinal);
            foreach (var (path, stamp) in seen.SelectMany(s => s.Stamps)) earlier[path] = stamp;
            return earlier;
        }
    }
}
