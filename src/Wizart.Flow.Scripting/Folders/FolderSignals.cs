using Microsoft.Extensions.Logging;

namespace Wizart.Flow.Scripting;

/// <summary>
/// The operating system's word that something in a folder has changed. It may be late, lost, or not come at all (network
/// drives, a folder that is replaced): whoever listens must also look for himself now and then.
/// </summary>
internal sealed partial class FolderSignals(string root, Func<string, bool> mayMatter, Action<bool> changed, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private FileSystemWatcher? _watcher;
    private DateTime _identity;
    private bool _isLost;
    private bool _isTold;

    /// <summary>Listens, if the folder is there; anew, if it is another folder than before.</summary>
    public void Listen()
    {
        lock (_gate)
        {
            var identity = Directory.Exists(root) ? Directory.GetCreationTimeUtc(root) : default;
            if (_watcher is not null && identity == _identity && !_isLost) return;
            _watcher?.Dispose();
            _watcher = null;
            if (identity == default) return;
            _watcher = TryWatch();
            (_identity, _isLost) = (identity, _watcher is null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    private FileSystemWatcher? TryWatch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(root)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += (_, e) => Tell(mayMatter(e.FullPath));
            watcher.Created += (_, e) => Tell(MayMatterOrHold(e.FullPath));
            watcher.Deleted += (_, e) => Tell(MayMatterOrHold(e.FullPath));
            watcher.Renamed += (_, e) => Tell(MayMatterOrHold(e.FullPath) || MayMatterOrHold(e.OldFullPath));
            watcher.Error += (_, _) => Lose();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
            if (!_isTold) LogNotWatching(error, root);
            _isTold = true;
            return null;
        }
    }

    // What has no extension may be a folder with scripts in it.
    private bool MayMatterOrHold(string path) => Path.GetExtension(path).Length == 0 || mayMatter(path);

    private void Tell(bool matters)
    {
        if (matters) changed(false);
    }

    // Too much has happened at once to be told: everything must be looked at.
    private void Lose()
    {
        lock (_gate) _isLost = true;
        changed(true);
    }

    [LoggerMessage(EventId = 3011, Level = Microsoft.Extensions.Logging.LogLevel.Warning,
        Message = "Changes in {Folder} are not signalled by the operating system; they are found by looking every few seconds. On Linux, raise fs.inotify.max_user_watches and max_user_instances.")]
    private partial void LogNotWatching(Exception error, string folder);
}
